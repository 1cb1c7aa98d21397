from newsroom.staff.models.audit import AuditEntry
from newsroom.staff.models.user import RoleGrant, User

__all__ = ["AuditEntry", "RoleGrant", "User"]
