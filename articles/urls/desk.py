"""The desk's addresses of stories and photos; `newsroom.urls` gives them the namespace `desk`.

Pages end in a slash, files do not. `body.PHOTO_SRC` names the address of a preview.
"""

from django.urls import path

from articles.models.photo import RenditionName
from articles.views.desk import (
    assignments,
    bulk,
    duty,
    filing,
    lists,
    photo_files,
    photo_intake,
    photos,
    photos_many,
    plan,
    proofreading,
    remarks,
    saving,
    stories,
    subscriptions,
    topics,
)

urlpatterns = [
    path("stories/", stories.story_list, name="stories"),
    path("stories/new/", filing.story_new, name="story_new"),
    path("stories/file/", saving.story_file, name="story_file"),
    path("stories/bulk/", bulk.story_bulk, name="story_bulk"),
    path("stories/undo/", bulk.story_undo, name="story_undo"),
    path("stories/stories.csv", lists.story_export, {"form": "csv"}, name="story_csv"),
    path("stories/stories.xlsx", lists.story_export, {"form": "xlsx"}, name="story_xlsx"),
    path("stories/lists/", lists.story_lists, name="story_lists"),
    path("stories/lists/usual/", lists.list_usual, name="list_usual"),
    path("stories/lists/columns/", lists.list_columns, name="list_columns"),
    path("stories/lists/<number:number>/", lists.list_change, name="list_change"),
    path("stories/<number:number>/", stories.story, name="story"),
    path("stories/<number:number>/edit/", filing.story_edit, name="story_edit"),
    path("stories/<number:number>/save/", saving.story_save, name="story_save"),
    path("stories/<number:number>/present/", saving.story_present, name="story_present"),
    path("stories/<number:number>/act/", stories.story_act, name="story_act"),
    path("stories/<number:number>/assignment/", assignments.story_assignment, name="story_assignment"),
    path("stories/<number:number>/times/", stories.story_times, name="story_times"),
    path("stories/<number:number>/versions/<number:version>/", stories.revision, name="revision"),
    path("stories/<number:number>/remarks/", remarks.story_remarks, name="story_remarks"),
    path("remarks/<number:number>/answer/", remarks.remark_answer, name="remark_answer"),
    path("remarks/<number:number>/settle/", remarks.remark_settle, name="remark_settle"),
    path("remarks/<number:number>/reopen/", remarks.remark_reopen, name="remark_reopen"),
    path("duty/", duty.duty, name="duty"),
    path("duty/<number:number>/back/", duty.duty_back, name="duty_back"),
    path(
        "stories/<number:number>/versions/<number:version>/restore/", stories.revision_restore, name="revision_restore"
    ),
    path("stories/<number:number>/findings/", proofreading.story_findings, name="story_findings"),
    path("stories/<number:number>/right-so/", proofreading.story_right_so, name="story_right_so"),
    path("check/", proofreading.check, name="check"),
    path("lead-in/", filing.lead_in, name="lead_in"),
    path("people/", filing.people, name="people"),
    path("plan/", plan.plan, name="plan"),
    path("topics/", plan.topic_list, name="topics"),
    path("topics/new/", topics.topic_new, name="topic_new"),
    path("topics/<number:number>/", topics.topic, name="topic"),
    path("topics/<number:number>/edit/", topics.topic_edit, name="topic_edit"),
    path("topics/<number:number>/act/", topics.topic_act, name="topic_act"),
    path("topics/<number:number>/move/", topics.topic_move, name="topic_move"),
    path("topics/<number:number>/assign/", topics.topic_assign, name="topic_assign"),
    path("assignments/<number:number>/act/", assignments.assignment_act, name="assignment_act"),
    path("assignments/<number:number>/due/", assignments.assignment_due, name="assignment_due"),
    path("assignments/<number:number>/photos/", assignments.assignment_photos, name="assignment_photos"),
    path("calendar/", subscriptions.subscriptions, name="subscriptions"),
    path("calendar/renew/", subscriptions.subscriptions_renew, name="subscriptions_renew"),
    path("calendar/stop/", subscriptions.subscriptions_stop, name="subscriptions_stop"),
    path("photos/", photos.photo_list, name="photos"),
    path("photos/add/", photo_intake.photo_add, name="photo_add"),
    path("photos/many/", photos_many.photos_many, name="photos_many"),
    path("photos/sheet/", photos_many.photos_sheet, name="photos_sheet"),
    path("photos/undo/", photos_many.photos_undo, name="photos_undo"),
    path("photos/<number:number>/", photos.photo, name="photo"),
    path("photos/<number:number>/frame/", photos.photo_frame, name="photo_frame"),
    path("photos/<number:number>/original", photo_files.photo_original, name="photo_original"),
    path("photos/<number:number>/captioned", photo_files.photo_captioned, name="photo_captioned"),
    path("photos/<number:number>/crop/<slug:ratio>", photo_files.photo_crop, name="photo_crop"),
    *(
        path(f"photos/<number:number>/{name}", photo_files.photo_rendition, {"name": name}, name=f"photo_{name}")
        for name in RenditionName.values
    ),
]
