"""Who may do what to a story: the only place that knows. Templates, views and the admin ask here.

A person stands to a story in certain parts (`Part`); `MAY` says which part suffices for a verb in a state;
`visible_to` and `awaiting_signature_of` are the same rules as queries.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from enum import StrEnum, auto

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import Article, Byline, Photo, ReviewStep, SavedList, Signature, Special, Topic
from articles.querysets import ArticleQuerySet
from articles.states import AWAITING_REVIEW, LIVE_STATES, PLACEABLE, State, Verb
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.people import holding
from newsroom.staff.roles import SECTION_ROLES, SIGNING_ROLES, WRITING_ROLES, Role
from newsroom.staff.rules import Person as Person
from newsroom.staff.rules import can_administer as can_administer


class Part(StrEnum):
    """How a person stands to one story.

    OWNER filed it or is on its byline. REVIEWER holds a signing role for its section, STEP_REVIEWER the one
    of the step awaited and has not signed another step, SIGNATORY that of the last step; none of the three
    is ever somebody on the byline.
    """

    OWNER = auto()
    REVIEWER = auto()
    STEP_REVIEWER = auto()
    SIGNATORY = auto()


_OWNER = frozenset({Part.OWNER})
_OWNER_OR_REVIEWER = frozenset({Part.OWNER, Part.REVIEWER})
_REVIEWER = frozenset({Part.REVIEWER})
_STEP_REVIEWER = frozenset({Part.STEP_REVIEWER})
_SIGNATORY = frozenset({Part.SIGNATORY})

MAY: dict[tuple[str, str], frozenset[Part]] = {
    (State.DRAFT, Verb.EDIT): _OWNER,
    (State.DRAFT, Verb.SUBMIT): _OWNER,
    (State.DRAFT, Verb.SPIKE): _OWNER,
    (State.RETURNED, Verb.EDIT): _OWNER_OR_REVIEWER,
    (State.RETURNED, Verb.SUBMIT): _OWNER_OR_REVIEWER,
    (State.RETURNED, Verb.SPIKE): _OWNER_OR_REVIEWER,
    (State.SUBMITTED, Verb.EDIT): _STEP_REVIEWER,
    (State.SUBMITTED, Verb.RECALL): _OWNER,
    (State.SUBMITTED, Verb.SIGN): _STEP_REVIEWER,
    (State.SUBMITTED, Verb.RETURN): _STEP_REVIEWER,
    (State.SUBMITTED, Verb.SPIKE): _STEP_REVIEWER,
    (State.IN_REVIEW, Verb.EDIT): _STEP_REVIEWER,
    (State.IN_REVIEW, Verb.SIGN): _STEP_REVIEWER,
    (State.IN_REVIEW, Verb.RETURN): _STEP_REVIEWER,
    (State.IN_REVIEW, Verb.SPIKE): _STEP_REVIEWER,
    (State.SIGNED_OFF, Verb.EDIT): _REVIEWER,
    (State.SIGNED_OFF, Verb.RETURN): _SIGNATORY,
    (State.SIGNED_OFF, Verb.SPIKE): _SIGNATORY,
    (State.SIGNED_OFF, Verb.PUBLISH): _SIGNATORY,
    (State.PUBLISHED, Verb.EDIT): _REVIEWER,
    (State.PUBLISHED, Verb.CORRECT): _REVIEWER,
    (State.IN_REVIEW, Verb.CALL_OFF): _REVIEWER,
    (State.SPIKED, Verb.REVIVE): _OWNER_OR_REVIEWER,
    (State.WITHDRAWN, Verb.REVIVE): _SIGNATORY,
    **{(state, Verb.WITHDRAW): _SIGNATORY for state in LIVE_STATES},
}
# Embargo and schedule: the reporter knows the source's terms before filing, afterwards the reviewers decide.
MAY_SET_TIMES: dict[str, frozenset[Part]] = {
    State.DRAFT: _OWNER,
    State.RETURNED: _OWNER_OR_REVIEWER,
    State.SUBMITTED: _REVIEWER,
    State.IN_REVIEW: _REVIEWER,
    State.SIGNED_OFF: _REVIEWER,
}
# So long a signature is taken back as if it had not been given; later the story is returned.
TAKEN_BACK_WITHIN = datetime.timedelta(minutes=10)
_MAY_STAND_AGAIN = frozenset({State.IN_REVIEW, State.SIGNED_OFF})
_ACTS_ON_TEXT_AND_STATE = [*(f"story.{verb}" for verb in Verb), Act.STORY_REOPEN.value]
# Pages are made from signed copy, so those who make and read pages see no more than that.
PAGE_ROLES = (Role.PAGE_DESIGNER, Role.PROOFREADER)


def _covers(user: User, role: str, section: int) -> bool:
    """Whether `user` holds `role` for the section with this number, or at all where the role knows no sections."""
    if role in SECTION_ROLES:
        return (role, section) in user.grants
    return (role, None) in user.grants


def review_roles() -> list[str]:
    """The roles that sign, by step: the first signs 一审. One query."""
    return list(ReviewStep.objects.order_by("order").values_list("role", flat=True))


def role_awaited(article: Article) -> str:
    """The role that signs the step that the story awaits; empty where it awaits none. One query at the most."""
    roles = review_roles() if article.step is not None else []
    return role_of_step(article.step or 1, roles) if roles else ""


def has_duty_awaited(user: User, article: Article) -> bool:
    """Whether the step awaited is of a role that `user` holds, whatever may keep them from signing it."""
    role = role_awaited(article)
    return bool(role) and _covers(user, role, article.section_id)


def role_of_step(step: int, roles: Sequence[str]) -> str:
    """Who signs `step` under a review by `roles`: a step beyond them, taken away since, the last of them."""
    return roles[min(step, len(roles)) - 1]


def is_on_byline(user: Person, article: Article) -> bool:
    return user.pk is not None and any(byline.contributor.user_id == user.pk for byline in article.byline_list)


def has_signed(user: Person, article: Article) -> bool:
    """Whether a live signature under the story is theirs."""
    return user.pk is not None and article.signatures.filter(signer=user, voided_at__isnull=True).exists()


def signature_to_take_back(user: Person, article: Article) -> Signature | None:
    """The signature that `user` may take back: theirs, just given, the last that stands under a story that is not
    published with it. Whether something else has happened to the story since, what they saw of it says. One query.
    """
    if not isinstance(user, User) or not user.is_active or article.state not in _MAY_STAND_AGAIN:
        return None
    last = article.signatures.filter(voided_at__isnull=True).order_by("-pk").first()
    if last is None or last.signer_id != user.pk or not last.stood:
        return None
    return last if last.signed_at >= timezone.now() - TAKEN_BACK_WITHIN else None


def parts_of(user: Person, article: Article) -> frozenset[Part]:
    """Every part in which `user` stands to `article`; nobody signed in or inactive stands in none."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return frozenset(_parts(user, article))


def _stands_as(user: Person, wanted: frozenset[Part], article: Article) -> bool:
    """Whether `user` stands to `article` in one of the parts `wanted`. What costs queries is asked last."""
    if not wanted or not isinstance(user, User) or not user.is_active:
        return False
    return any(part in wanted for part in _parts(user, article))


def _parts(user: User, article: Article) -> Iterator[Part]:
    on_byline = is_on_byline(user, article)
    if on_byline or article.created_by_id == user.pk:
        yield Part.OWNER
    if on_byline:
        return
    if _leads_section(user, article.section_id):
        yield Part.REVIEWER
        yield from _signing_parts(user, article)


def _signing_parts(user: User, article: Article) -> Iterator[Part]:
    roles = review_roles()
    if roles and _covers(user, roles[-1], article.section_id):
        yield Part.SIGNATORY
    if not roles or article.step is None or has_signed(user, article):
        return
    if _covers(user, role_of_step(article.step, roles), article.section_id):
        yield Part.STEP_REVIEWER


def can(user: Person, verb: str, article: Article) -> bool:
    """Whether `user` may say `verb` to `article` as it stands now."""
    return _stands_as(user, MAY.get((article.state, verb), frozenset()), article) and _fits(verb, article)


def _fits(verb: str, article: Article) -> bool:
    """What a verb asks of the story itself: only the public is withdrawn, only the unpublic spiked, and a correction
    called off only until something is written.
    """
    if verb == Verb.WITHDRAW:
        return article.is_public
    if verb == Verb.CALL_OFF:
        return _is_correction_just_opened(article)
    return not (verb == Verb.SPIKE and article.is_public)


def _is_correction_just_opened(article: Article) -> bool:
    """Whether opening its correction is the last that was done to a story in review and its text. One query for a story
    that readers see, none for another.
    """
    if not article.correction_note or not article.is_public:
        return False
    acts = AuditEntry.objects.about(article).filter(act__in=_ACTS_ON_TEXT_AND_STATE)
    return acts.values_list("act", flat=True).first() == Act.STORY_CORRECT


def verbs_for(user: Person, article: Article) -> list[Verb]:
    """The verbs that `user` may say to `article` now, in the order of their buttons."""
    parts = parts_of(user, article)
    return [verb for verb in Verb if MAY.get((article.state, verb), frozenset()) & parts and _fits(verb, article)]


def can_set_times(user: Person, article: Article) -> bool:
    """Whether `user` may set embargo and schedule."""
    return _stands_as(user, MAY_SET_TIMES.get(article.state, frozenset()), article)


def can_tie_to_assignment(user: Person, article: Article) -> bool:
    """Whether `user` may let a story count for an assignment of theirs: its owner."""
    return _stands_as(user, _OWNER, article)


def can_judge_findings(user: Person, article: Article) -> bool:
    """Whether `user` may say of a finding of the proofreading aid that the text is right so: who writes the
    story and who reviews it, in whatever state it stands.
    """
    return _stands_as(user, _OWNER_OR_REVIEWER, article)


def can_file(user: Person) -> bool:
    """Whether `user` may file stories and take photos in."""
    return isinstance(user, User) and user.has_role(*WRITING_ROLES)


def can_review(user: Person) -> bool:
    """Whether `user` signs stories at all, in whatever section."""
    return isinstance(user, User) and user.has_role(*SIGNING_ROLES)


def can_make_specials(user: Person) -> bool:
    """Whether `user` may put specials together: whoever signs stories."""
    return can_review(user)


def can_release_specials(user: Person) -> bool:
    """Whether `user` may show specials to readers: who holds the role that signs stories off, in whatever section."""
    return isinstance(user, User) and bool(roles := review_roles()) and user.has_role(Role(roles[-1]))


def can_edit_special(user: Person, special: Special) -> bool:
    """Whether `user` may change the special: what readers see of it follows at once, so then who may release it."""
    return can_release_specials(user) if special.is_public else can_make_specials(user)


def leads(user: Person, thing: Article | Topic) -> bool:
    """Whether `user` holds a signing role for the section of a story or a topic."""
    return isinstance(user, User) and user.is_active and _leads_section(user, thing.section_id)


def _leads_section(user: User, section: int) -> bool:
    return any(_covers(user, role, section) for role in SIGNING_ROLES)


def led_by(user: User) -> Q:
    """The stories or topics whose section `user` leads: `leads` as a condition."""
    return _in_sections(user, *SIGNING_ROLES)


def can_edit_photo(user: Person, photo: Photo) -> bool:
    """Whether `user` may change a photo's caption and rights: who took it in, and those who sign stories."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return photo.uploaded_by_id == user.pk or can_review(user)


def can_share_lists(user: Person) -> bool:
    """Whether `user` may keep lists of stories for everybody: whoever runs a desk, the paper or the installation."""
    return isinstance(user, User) and user.has_role(Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR)


def can_change_list(user: Person, saved: SavedList) -> bool:
    """Whether `user` may rename and delete a saved list: their own, and those for everybody if they may share."""
    return saved.user_id == user.pk or (saved.shared and can_share_lists(user))


def can_enter_desk(user: Person) -> bool:
    """Whether the desk opens for `user`: anybody with a role."""
    return isinstance(user, User) and bool(user.grants)


def can_view(user: Person, article: Article) -> bool:
    """Whether `user` may read the working copy. The same rule as `visible_to`, for one story."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.has_role(Role.ADMINISTRATOR) or article.created_by_id == user.pk or is_on_byline(user, article):
        return True
    if article.state in PLACEABLE and user.has_role(*PAGE_ROLES):
        return True
    # A draft is its owner's alone, unless readers see a version of it: then somebody must be able to act.
    shown = article.state != State.DRAFT or article.is_public
    return shown and _leads_section(user, article.section_id)


def has_gone_out_of_sight(user: Person, article: Article) -> bool:
    """Whether the story lay before `user` in review and they may not read it any more: it was recalled, and they
    lead the section in which it was last submitted. Nobody else learns of a draft that there is one, whatever section
    it has been moved to. Two queries beside those of `can_view`.
    """
    if not isinstance(user, User) or not user.is_active or can_view(user, article):
        return False
    submitted = AuditEntry.objects.about(article).filter(act=Act.STORY_SUBMIT).first()
    if submitted is None:
        return False
    revision = article.revisions.filter(number=submitted.data["version"]).first()
    return revision is not None and _leads_section(user, revision.content["section_id"])


def can_see_history(user: Person, article: Article) -> bool:
    """Whether `user` may read how the story came about: earlier versions, what changed, who did what and why,
    the notes of the desk to itself. Those who make pages see the copy alone.
    """
    if not isinstance(user, User) or not can_view(user, article):
        return False
    return user.has_role(Role.ADMINISTRATOR) or _stands_as(user, _OWNER_OR_REVIEWER, article)


def can_remark(user: Person, article: Article) -> bool:
    """Whether `user` may remark on the story and answer remarks: whoever may read its past."""
    return can_see_history(user, article)


def can_settle_remarks(user: Person, article: Article) -> bool:
    """Whether `user` may tick remarks off and open them again: the story's owner and its reviewers."""
    return can_see_history(user, article) and _stands_as(user, _OWNER_OR_REVIEWER, article)


def visible_to(user: Person) -> ArticleQuerySet:
    """The stories whose working copy `user` may read. The same rule as `can_view`, as a query."""
    if not isinstance(user, User) or not user.is_active or not user.has_role(*PAGE_ROLES):
        return history_visible_to(user)
    if user.has_role(Role.ADMINISTRATOR):
        return Article.objects.all()
    return Article.objects.filter(Q(state__in=sorted(PLACEABLE)) | _past_read_by(user))


def history_visible_to(user: Person) -> ArticleQuerySet:
    """The stories whose past `user` may read too. The same rule as `can_see_history`, as a query."""
    if not isinstance(user, User) or not user.is_active:
        return Article.objects.none()
    if user.has_role(Role.ADMINISTRATOR):
        return Article.objects.all()
    return Article.objects.filter(_past_read_by(user)) if can_review(user) else owned_by(user)


def _past_read_by(user: User) -> Q:
    shown = ~Q(state=State.DRAFT) | Q(released_version__isnull=False)
    # What costs most to ask comes last.
    return (_in_sections(user, *SIGNING_ROLES) & shown) | _owned_by(user)


def awaiting_signature_of(user: Person) -> ArticleQuerySet:
    """The stories that `user` may sign now. The same rule as `can(user, Verb.SIGN, …)`, as a query."""
    if not isinstance(user, User) or not user.is_active:
        return Article.objects.none()
    theirs = Q(pk__in=[])
    roles = review_roles()
    for number, role in enumerate(roles, start=1):
        awaited = Q(step__gte=number) if number == len(roles) else Q(step=number)
        theirs |= awaited & _in_sections(user, role)
    signed = Signature.objects.filter(article=OuterRef("pk"), signer=user, voided_at__isnull=True)
    return Article.objects.filter(
        theirs, ~Exists(_bylines_of(user)), ~Exists(signed), state__in=sorted(AWAITING_REVIEW)
    )


def queue_of(user: Person) -> ArticleQuerySet:
    """What waits for the signature of `user` in the order in which to sign it: what is due first, and late
    before it, then what has no time, by how long it has waited.
    """
    return awaiting_signature_of(user).order_by(F("due_at").asc(nulls_last=True), "moved_at", "pk")


def signers_awaited(article: Article) -> QuerySet[User]:
    """Who may sign the step that the story awaits now: `can(…, Verb.SIGN, …)` the other way round, as a query."""
    role = role_awaited(article)
    if not role:
        return User.objects.none()
    section = article.section_id if role in SECTION_ROLES else None
    signed = Signature.objects.filter(article=article, signer=OuterRef("pk"), voided_at__isnull=True)
    return holding(role, section, timezone.now()).filter(
        ~Exists(signed), ~Exists(article.bylines.filter(contributor__user=OuterRef("pk")))
    )


def owned_by(user: Person) -> ArticleQuerySet:
    """The stories that `user` filed or is on the byline of: `Part.OWNER` as a query."""
    if not isinstance(user, User) or not user.is_active:
        return Article.objects.none()
    # Two short lists of numbers, each from its index: asked of every row instead, whoever has filed little
    # would wait until the whole archive is looked through.
    filed = Article.objects.filter(created_by=user).order_by().values("pk")
    credited = _bylines_by(user).order_by().values("article_id")
    return Article.objects.filter(pk__in=filed.union(credited))


def authors_of(article: Article) -> QuerySet[User]:
    """Who filed the story and who stands in its byline with an account: `Part.OWNER` the other way round."""
    credited = Byline.objects.filter(article=article, contributor__user__isnull=False)
    return User.objects.filter(
        Q(pk=article.created_by_id) | Q(pk__in=credited.values("contributor__user")), is_active=True
    )


def _owned_by(user: User) -> Q:
    return Q(created_by=user) | Q(Exists(_bylines_of(user)))


def _bylines_by(user: User) -> QuerySet[Byline]:
    return Byline.objects.filter(contributor__user=user)


def _bylines_of(user: User) -> QuerySet[Byline]:
    return _bylines_by(user).filter(article=OuterRef("pk"))


def _in_sections(user: User, *roles: str) -> Q:
    """The stories of the sections where `user` holds one of `roles`; all where a role knows no sections."""
    if any(role not in SECTION_ROLES and user.has_role(role) for role in roles):
        return Q(pk__isnull=False)
    return Q(section__in={section for role in roles for section in user.sections_of(role)})
