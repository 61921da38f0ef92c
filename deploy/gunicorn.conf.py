"""gunicorn: two workers with threads; logs hold neither query strings nor referrers (what readers type or choose)."""

preload_app = True
workers = 2
worker_class = "gthread"
threads = 4
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
