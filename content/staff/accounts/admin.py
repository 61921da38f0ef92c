"""Takes out of the admin what would go round the owner’s own pages: accounts, groups, telephones and recovery codes.

Their admin pages would change who may do what, or show what a telephone keeps secret, without a line in the ledger.
"""

import django.contrib.auth.admin
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

#: Imported first, so that they have registered what is taken out here.
STOCK = (django.contrib.auth.admin, django_otp.plugins.otp_static.admin, django_otp.plugins.otp_totp.admin)

admin.site.unregister([User, Group, StaticDevice, TOTPDevice])
