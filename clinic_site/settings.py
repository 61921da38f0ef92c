"""All settings, in order; what differs between machines comes from `env.py` alone."""

from datetime import timedelta

from django.utils.module_loading import import_string

from clinic_site import env

environment = env.load()
BASE_DIR = env.ROOT
VAR_DIR = environment.var_dir

# --- the machine -----------------------------------------------------------------------------------------------------
SECRET_KEY = environment.secret_key
DEBUG = environment.is_debug
IS_LOCAL = environment.is_local  # every allowed host is this machine
ALLOWED_HOSTS = environment.allowed_hosts
SITE_DOMAIN = environment.site_domain
IS_DOMAIN_LOCAL = environment.is_domain_local  # what is printed as the site's address leads to this machine only
REFUSE_SAMPLES = environment.refuses_samples  # a real host doesn't start while samples are on it
SITE_ID = 1
DATABASES = {"default": environment.database}
TIME_ZONE = environment.time_zone
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
FORMAT_MODULE_PATH = "clinic_site.formats"
LOCALE_PATHS = [BASE_DIR / "clinic_site" / "locale"]  # words of the admin and the CMS that staff read, in plain ones
# No cache in memory: each worker would show another state of a page (see clinic_site/README.md).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# --- the parts -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "content",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django.forms",
    "cms",
    "menus",
    "treebeard",
    "sekizai",
    "djangocms_text",
    "djangocms_versioning",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
]
MIDDLEWARE = [
    "clinic_site.http.headers.ResponseHeadersMiddleware",
    "clinic_site.http.methods.AllowedMethodsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "clinic_site.http.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic_site.http.compression.TextCompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "clinic_site.http.csp_meta.CspMetaMiddleware",
    "clinic_site.assets.stylesheet.InlineStyleMiddleware",
    "content.publishing.database_outage.DatabaseOutageMiddleware",
    "clinic_site.http.database_waits.DatabaseWaitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "clinic_site.http.append_slash.AppendSlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "clinic_site.http.line_ends.LineEndMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "content.staff.sessions.middleware.StaffSessionMiddleware",
    "clinic_site.http.headers.VisitorMiddleware",
    "content.staff.accounts.access_middleware.StaffAccessMiddleware",
    "content.staff.press_once_middleware.PressOnceMiddleware",
    "content.staff.autosave.middleware.AutosaveMiddleware",
    "content.staff.editing.endpoint_gate.EndpointGateMiddleware",
    "content.publishing.redirects.OldUrlMiddleware",
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "content.cms_adapter.anonymous_pages.AnonymousPageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sekizai.context_processors.sekizai",
                "cms.context_processors.cms_settings",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # forms may use this project's widget templates

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "media"}},
    "staticfiles": {"BACKEND": "clinic_site.assets.storage.AssetStorage"},
}
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # favicon.ico, which has a fixed URL
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- people and safety -----------------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "content.staff.accounts.password_rules.GuessablePasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that a locked account's password isn't checked
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "/staff/"
SESSION_COOKIE_AGE = 8 * 60 * 60  # counted from what its person did last (content/staff/accounts/session.py)
CSRF_FAILURE_VIEW = "content.staff.sessions.stale_form.csrf_failure"
SECOND_FACTOR = environment.has_second_factor  # may be off only on a local site
OTP_TOTP_ISSUER = SITE_DOMAIN  # the site's name in an authenticator app
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0.1  # seconds, doubled by each wrong code from any address
TRUSTED_PROXIES = environment.trusted_proxies
AXES_CLIENT_IP_CALLABLE = "clinic_site.http.proxies.client_ip"
AXES_USERNAME_CALLABLE = "content.staff.accounts.lockout.counted_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # further attempts don't prolong a lock
AXES_LOCKOUT_CALLABLE = "content.staff.accounts.lockout.lockout_response"
AXES_DISABLE_ACCESS_LOG = True  # the ledger records sign-ins
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor shows pages and forms in frames of this site
if environment.is_https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz)$"]  # local health checks use plain HTTP
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # no e-mail is sent: versioning would on unlocking
READY_CHECKS = ["content.ledger.triggers.are_installed"]  # while one fails, `/readyz` reports that staff can't edit
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "clinic_site.http.logs.RedactingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"redacting": {"()": "clinic_site.http.logs.RedactingFilter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["redacting"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

# --- django CMS ------------------------------------------------------------------------------------------------------
CMS_CONFIRM_VERSION4 = True
CMS_TEMPLATES = [
    ("pages/clinic.html", "The clinic's own page"),  # the first is the default of a new page
    ("pages/home.html", "Home page"),
    ("pages/treatment.html", "Treatment page"),
    ("pages/topic.html", "Topic page of a treatment"),
    ("pages/gallery.html", "Before and after"),
    ("pages/planner.html", "Session planner"),
    ("pages/suitability.html", "Is it right for me?"),
]
CMS_PLACEHOLDER_CONF = {slot: {"name": name} for slot, name in import_string("content.topics.SLOT_NAMES").items()}
CMS_TEMPLATE_INHERITANCE = False
CMS_ENABLE_HELP = False
CMS_SIDEFRAME_ENABLED = False  # a panel over the page, which came back on every page
CMS_DEFAULT_IN_NAVIGATION = False
CMS_REDIRECT_TO_LOWERCASE_SLUG = True
CMS_TOOLBAR_ANONYMOUS_ON = False
# Off: the site's own page cache replaces them, and is invalidated with every change.
CMS_PAGE_CACHE = False
CMS_PLACEHOLDER_CACHE = False
CMS_PLUGIN_CACHE = False
CMS_CATCH_PLUGIN_500_EXCEPTION = False  # every block catches its own failure (content/blocks/base.py)
DJANGOCMS_VERSIONING_LOCK_VERSIONS = True
SILENCED_SYSTEM_CHECKS = [
    "treebeard.E001",  # django CMS declares its tree's manager so on purpose
    "security.W019",  # the editor shows this site's own pages in frames; visitors' pages refuse frames by their policy
]

# --- rich text -------------------------------------------------------------------------------------------------------
TEXT_INLINE_EDITING = False  # inline editing would save a fact's value in place of its token
TEXT_CHILDREN_ENABLED = False
TEXT_EDITOR_SETTINGS = {
    "toolbar": "Clinic",
    "toolbar_Clinic": [
        ["Undo", "Redo"],
        ["Heading3", "Heading4", "Paragraph"],
        ["Bold", "Italic", "Subscript", "Superscript", "Link", "Unlink"],
        ["NumberedList", "BulletedList"],
    ],
}
