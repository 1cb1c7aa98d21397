"""Django's settings, composed from one typed reading of the environment (`environment.py`)."""

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom.settings.environment import BASE_DIR, read_environment

ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.csrf_trusted_origins
VAR = ENVIRONMENT.var
FONTS = ENVIRONMENT.fonts

INSTALLED_APPS = [
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "newsroom.staff",
    "articles",
    "editions",
    "newsroom.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.policy.PolicyOfTheHouse",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.languages.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
CSRF_FAILURE_VIEW = "newsroom.failures.csrf_failure"

TEMPLATES = [
    {
        # The reading site's, which alone are asked for by names under reading/.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "reading"],
        "OPTIONS": {
            "environment": "newsroom.templating.environment.Environments",
            "context_processors": ["articles.templating.reading.around"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

FORM_RENDERER = "newsroom.form_rendering.FormRenderer"

DATABASES = {"default": ENVIRONMENT.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": ENVIRONMENT.cache,
    # Pages as they were composed, in each process: their keys are hashes of everything the page prints.
    "layouts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "layouts",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    # Cards drawn for stories without a picture, on the disk: a name is a hash of all that the card shows.
    "cards": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cards",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # How many lines stories take: a number each, so many that they would push the pages out.
    "lines": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "lines",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 10000},
    },
}
# On SQLite a unique page number cannot be deferred; there the service checks it under the edition's lock.
SILENCED_SYSTEM_CHECKS = ["models.W038"]

# -- people ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "newsroom.staff.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    # Before anybody has said a name, attempts count by address alone.
    "login": ",".join(rate for rate in ENVIRONMENT.sign_in_rates if rate.endswith("/ip")),
    "login_failed": ",".join(ENVIRONMENT.sign_in_rates),
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"

# -- language and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
DESK_LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# What readers may choose beside it: the Chinese pages in traditional characters.
LANGUAGES = [*DESK_LANGUAGES, ("zh-hant", _("Traditional Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# -- mail, where it is set up, and the live channel ------------------------------------------------------
MAIL_IS_SET_UP = bool(ENVIRONMENT.email)
EMAIL_BACKEND = ENVIRONMENT.email.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST = ENVIRONMENT.email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = ENVIRONMENT.email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = ENVIRONMENT.email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = ENVIRONMENT.email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = ENVIRONMENT.email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = ENVIRONMENT.email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
SITE_ADDRESS = ENVIRONMENT.site_address
LIVE_CONNECTIONS = ENVIRONMENT.live_connections
SEARCH_URL = ENVIRONMENT.search_url

# -- what stands before the application -------------------------------------------------------------------
CDN_PURGE_URL = ENVIRONMENT.cdn_purge_url
CDN_PURGE_TOKEN = ENVIRONMENT.cdn_purge_token

# When which page was read, and nothing about who: the web server writes it, `count_reads` counts it.
READS_LOG = VAR / "reads.log"

# -- what machines are told ---------------------------------------------------------------------------------
WEBSUB_HUB = ENVIRONMENT.websub_hub
FEEDS_FULL_TEXT = ENVIRONMENT.feeds_full_text
AI_CRAWLERS_DENIED = ENVIRONMENT.ai_crawlers_denied

# -- files: originals and desk renditions are private, the public store holds what readers are shown ----
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "newsroom" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "desk"},
    },
    "public": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "public", "base_url": MEDIA_URL},
    },
    "staticfiles": {"BACKEND": "newsroom.static_files.HashedFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Icons that are asked for at the root of the site by whoever reads no page first.
WHITENOISE_ROOT = BASE_DIR / "newsroom" / "at_root"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A story of a million characters must reach the form that refuses it with a message.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# -- headers --------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_https else None
if ENVIRONMENT.behind_https:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # ProseMirror sets style attributes on what it draws; nothing else here does.
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
# What went wrong is said where the server says everything else, with its traceback.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
