from newsroom.staff.models.audit import AuditEntry
from newsroom.staff.models.handover import Handover
from newsroom.staff.models.notice import MailState, Notice, NoticeChoice, NoticeKind
from newsroom.staff.models.user import RoleGrant, User

__all__ = ["AuditEntry", "Handover", "MailState", "Notice", "NoticeChoice", "NoticeKind", "RoleGrant", "User"]
