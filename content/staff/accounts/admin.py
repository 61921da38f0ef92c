"""Unregister from the admin accounts, groups, telephones and recovery codes: staff manage them on our own pages.

The stock pages would change who may do what, or show a telephone's secret, without an entry in the ledger.
"""

import django.contrib.auth.admin
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

#: Imported for the registrations that are undone below.
STOCK = (django.contrib.auth.admin, django_otp.plugins.otp_static.admin, django_otp.plugins.otp_totp.admin)

admin.site.unregister([User, Group, StaticDevice, TOTPDevice])
