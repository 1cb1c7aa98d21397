"""Slips as people make them, and copy as a daily prints it: written without looking at the checks."""

from __future__ import annotations

import datetime

import pytest

from articles.proofreading.checks import AS_DELIVERED, Finding, check_copy
from articles.proofreading.copy import Passage, StoryCopy

DAY = datetime.date(2024, 10, 26)


def checked(text: str, checks) -> list[Finding]:
    return check_copy(StoryCopy((Passage("body", 0, text, "p"),), DAY), checks)


# Written by hand, before anybody looked at what the checks look for: the rest of them is in `MISSED`.
IN_OTHER_WORDS = [
    ("weekdays", "10月25日（周六）上午，活动在城东新区举行。"),
    ("weekdays", "2024年10月25日，星期三，晴。"),
    ("weekdays", "本周四（10月25日）起，早高峰加开两班。"),
    ("weekdays", "10月25日、星期四，他又来了。"),
    ("impossible_dates", "截至9月31日，全市共完成投资30亿元。"),
    ("impossible_dates", "报名时间为11月1日至31日。"),
    ("impossible_dates", "列车于25时10分发车。"),
    ("backward_ranges", "展览时间：10月28日—10月8日。"),
    ("backward_ranges", "2023年5月至2022年3月，他在外地工作。"),
    ("relative_years", "去年，也就是2022年，这里还是荒地。"),
    ("half_width", "记者从市水利局获悉:今年汛期雨水偏多。"),
    ("half_width", "“还行.”他说。"),
    ("half_width", "项目共36个,总投资218.6亿元。"),
    ("half_width", "城东新区(高新区)管委会"),
    ("straight_quotes", '他说："还行。"'),
    ("brackets", "他说：“基层缺的不是设备，是人。他建议加快培养。"),
    ("brackets", "《关于加快发展的意见)印发。"),
    ("brackets", "（以下简称“《意见》）提出"),
    ("doubled_characters", "他们们在车间忙碌。"),
    ("doubled_characters", "全市全市共完成投资30亿元。"),
    ("doubled_characters", "工人在在车间忙碌。"),
    ("doubled_characters", "会议强调，要要加快推进项目建设。"),
    ("doubled_characters", "共有3030名职工职工参加。"),
    ("doubled_marks", "今天晴；。明天雨。"),
    ("doubled_marks", "等等等。。。"),
    ("spaces", "全市 共完成投资。"),
    ("hyphen_ranges", "偏北风3-4级，气温12-19℃。"),
    ("hyphen_ranges", "参观时间为9-17时。"),
    ("hyphen_ranges", "年龄在18-60周岁之间"),
    ("hyphen_ranges", "收费标准为每人80-120元"),
    ("hyphen_ranges", "30%-50%的居民"),
    ("range_units", "30-50%的居民"),
    ("range_units", "投入3到5亿元"),
    ("range_units", "约2—3万人次"),
    ("mixed_numbers", "参加人数达5千余人。"),
    ("mixed_numbers", "有3百多户居民。"),
    ("mixed_numbers", "总投资2亿3千万元。"),
    ("mixed_numbers", "二十3岁"),
    ("approximations", "等了七、八年，走了五、六里路，两、三个人，十五、六岁。"),
    ("said_twice", "大约有300人左右参加。"),
    ("said_twice", "近两百余人参加。"),
    ("said_twice", "预计至少可节约用水30万吨以上。"),
    ("said_twice", "约近3000人。"),
    ("said_twice", "全程大约要20公里左右。"),
    ("said_twice", "约有三十余户居民报名。"),
    ("said_twice", "他今年五十多岁上下。"),
    ("mixed_dates", "十月25日，天晴。"),
    ("mixed_dates", "10月二十五日上午，活动举行。"),
    ("mixed_dates", "二〇二四年10月25日"),
    ("mixed_dates", "上午八时30分集合。"),
    ("mistaken_words", "截止目前，共有300人报名。"),
    ("mistaken_words", "他象他父亲一样高。"),
    ("mistaken_words", "据媒体报到，工程己经完工。"),
    ("mistaken_words", "我们要再接再励。"),
    ("word_forms", "忘记了帐号和密码。"),
    ("word_forms", "建成120平米的书屋。"),
    ("word_forms", "文艺生活丰富多采。"),
    ("short_years", "他生于98年。"),
    ("short_years", "该项目于22年底开工。"),
    ("zeros", "一九九零年"),
    ("digit_groups", "共1,2345人"),
    ("celsius", "摄氏15度左右"),
    ("times_less", "成本降低一倍，时间缩短了两倍。"),
    ("names", "市民李晓梅告诉记者，路修好了。“方便多了。”李小梅说。"),
    ("names", "记者刘洋采访了局长周建国。周健国说，路修好了。"),
    ("names", "张丽（右）在车间忙碌。张莉说，忙不过来。"),
    ("shares", "支持的占52%，反对的占53%。"),
    ("shares", "甲、乙两校的学生各占六成，即各占60%。"),
    ("growth", "产量由200吨提高到260吨，提高了20%。"),
    ("growth", "从2019年的120万亩增加到2023年的132万亩，增长15%。"),
    ("shares", "第一、二、三产业占比分别为12%、45%、46%。"),
    ("shares", "其中，赞成的占61%，反对的占23%，其余19%弃权。"),
]
MISSED = [
    ("impossible_dates", "2月29日（2025年）"),
    ("relative_years", "今年是2023年。"),
    ("doubled_characters", "有关部部门负责人表示"),
    ("doubled_characters", "为进一步步提升服务水平"),
    ("doubled_characters", "记者了解解到，这里原来是荒地。"),
    ("said_twice", "全程大约要走20公里左右。"),
    ("growth", "去年120人，今年180人，增长30%。"),
]


@pytest.mark.parametrize(("check", "text"), IN_OTHER_WORDS)
def test_the_same_slips_are_found_in_other_words(check, text):
    assert checked(text, [check])


@pytest.mark.parametrize(("check", "text"), MISSED)
def test_the_blind_spots_are_as_the_paper_says(check, text):
    """`docs/proofreading.md` names them; whoever teaches a check to see one takes it out there and here."""
    assert not checked(text, [check])


# Copy as a daily prints it, full of what looks like a slip and is none.
AS_PRINTED = [
    "本报讯（记者 周启明 通讯员 何静）",
    "10月25日上午，2024年全市重点项目集中开工活动在城东新区举行。此次集中开工的项目共36个，总投资218.6亿元，其中亿元以上项目21个，占比58.3%。",
    "市委书记王建国宣布开工，市长李文华主持，市领导张立新、刘志强、陈晓东等参加。",
    "“十四五”以来，全市规模以上工业增加值年均增长7.2%，高于全省1.3个百分点。2020年至2023年，累计完成投资1,286亿元。",
    "第十五届“城西杯”羽毛球赛28日落幕，甲队以3∶1战胜乙队，四局比分为21∶17、18∶21、21∶15、21∶19。",
    "据气象台预报，今天夜间到明天白天，多云转小雨，偏北风3～4级，气温12～19℃；后天最低气温降至5℃左右。",
    "3月5日至7日，全国人大代表、市第一人民医院院长林志远在京接受采访时说：“基层缺的不是设备，是人。”他建议：“要让年轻医生‘下得去、留得住、用得好’。”",
    "小区共有12栋楼、1.3万户，居住着四五万人，平均每户三四口人。五六年前，这里还是一片荒地；一二十年前，更是没有一条像样的路。",
    "他生于1948年，1966年参军，20世纪80年代末转业，90年代初下海。上世纪九十年代，他办起了第一个厂。",
    "“太好了！太好了！”孩子们喊道，“看看，快看看！”爷爷笑眯眯地说：“慢慢走，别着急，一个一个来。”",
    "《中华人民共和国教育法（修正草案）》《关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》（以下简称《意见》）提出，到2025年……",
    "A股三大指数集体收涨，沪指涨0.56%，报3286.43点；深成指涨1.12%；创业板指涨1.45%。成交额1.2万亿元，较前一交易日放量800多亿元。",
    "比赛时间为19:35，地点在市体育中心。票价分为80元、120元、280元三档，咨询电话：0358-8221234、400-800-1234。",
    "他家有3口人，住房不到60平方米；一家三口人均不到20平方米。房子朝南，长8米、宽6.5米。",
    "她说：“我今年68岁，退休8年了。”“您身体真好！”“还行，还行。”",
    "记者了解到，该项目位于经十路与纬一路交叉口，占地约300亩，总建筑面积约45万平方米，预计2026年底建成，届时可提供岗位近2000个。",
    "其中，50岁以上的占23%，30岁至50岁的占52%，30岁以下的占25%。",
    "对于“双减”后学校怎么办、家长怎么看、孩子怎么变，三问三答，一一作答。",
    "新华社北京3月6日电（记者 王明 李小红）记者6日从水利部获悉，今年汛期，全国有12个省（区、市）可能发生较重洪涝。",
    "1月至9月，全市进出口总值达到86.4亿元，同比增长12.5%，其中出口52.1亿元、增长15.3%，进口34.3亿元、增长8.5%。",
    "有的人说好，有的的确不好。目的的确定、标的的选择，都要慎重。",
    "图①：工人在车间忙碌。图②：产品下线。李明摄",
    "全市粮食播种面积由2019年的120万亩增加到2023年的132万亩，增长10%。产量从36.5万吨提高到41.2万吨，增长12.9%。",
    "“什么叫‘好房子’？”他自问自答，“就是下雨不漏、刮风不响、冬天不冷、夏天不热——住着舒心的房子。”",
    "今年“五一”假期5天（5月1日至5日），全市接待游客128.6万人次，实现旅游收入7.3亿元，分别比去年同期增长18.6%、21.4%。",
    "12345热线24小时在线，1小时响应、3天办结；8分钟送到，10分钟办好，“最多跑一次”。",
    "G20高速、G7公路、5G基站、C919大型客机、PM2.5平均浓度28微克/立方米、pH值7.5、X光片、T恤、卡拉OK、3D打印。",
    "甲、乙两队各得2分，丙队以1分之差列第三、第四名之后；一、二等奖各3名，三等奖10名。第一、二、三产业增加值分别增长3.1%、6.2%、7.0%。",
    "党的二十大报告指出，高质量发展是全面建设社会主义现代化国家的首要任务。党的二十届三中全会以来……",
    "早上6时30分，天刚蒙蒙亮，李大爷就来到了早市。“两三块钱一斤，五六斤够吃了。”",
    "王伟说，去年他和王薇一起来过。张华、张桦是兄弟俩。",
    "这部电影讲的是的士司机的故事。我看到到处都是人。他和和气气地说，将将就就吧。",
    "全长3.5km，宽12m；路面抬高0.3m。",
    "甲、乙两校女生各占60%。城东、城西两个社区的老人各占55%，三所小学的住校生各占52%。",
    # Full of what a list of wrong words would stumble over.
    "他自己经营的店，大家都知己经年；他各自已经说过，独自已走远。",
    "研究对象他见过，这种现象我们没有遇到，迹象这样多；印象他一直很深，气象这样好。",
    "新生报到处设在东门，代表们向大会报到。报名截止日期为10月31日，报名已于昨日截止。",
    "公布署名文章；他把帐篷搭到帐篷营地，入帐篷休息。讲座落幕以后，三座落成的桥梁通车。",
    "立即然后、随即离开；研究竞争力，毕竟争取过。按装修面积计价，预防犯罪，国防犯不得错。",
    "股份额度、月份内、成份股、水份额；工人材料齐全；收取销售费，本报消息，上报消息。",
    "天平米粉店，太平米业公司，和平米兰店。影响往年的收成，挖掘起来，开发掘起第一铲。",
    "查清彻底，收录相关文件，看到了望远镜，重复盖章，答复盖有公章。",
]


@pytest.mark.parametrize("text", AS_PRINTED)
def test_copy_as_it_is_printed_raises_no_alarm(text):
    assert checked(text, AS_DELIVERED) == []
