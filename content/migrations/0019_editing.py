"""What staff typed, asked for, said and undid; pictures; drafts that lock nobody out while nothing was saved in them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

SAME_ACTION = timedelta(seconds=2)


def unlock_untouched_drafts(apps: Any, schema_editor: Any) -> None:
    """Take the lock off each draft that nobody has saved anything in: a new one no longer has any."""
    versions = apps.get_model("djangocms_versioning", "Version").objects
    versions.filter(state="draft", modified__lte=F("created") + SAME_ACTION).update(locked_by=None)
    locked = versions.filter(locked_by__isnull=False)
    apps.get_model("content", "Hold").objects.exclude(version__in=locked).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('djangocms_versioning', '0018_fix_typo'),
        ('cms', '0045_pageurl_site_unique_path'),
        ('content', '0018_turn_once_seal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Autosave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=32)),
                ('form', models.CharField(max_length=80)),
                ('address', models.CharField(max_length=500)),
                ('record', models.CharField(blank=True, db_index=True, max_length=100)),
                ('fields', models.JSONField(default=list)),
                ('is_done', models.BooleanField(default=False)),
                ('typed_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BlockChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DELETED', 'deleted'), ('CUT', 'cut out'), ('MOVED', 'moved')], max_length=10)),
                ('block_name', models.CharField(max_length=200)),
                ('trees', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('block_id', models.PositiveIntegerField(null=True)),
                ('place', models.JSONField()),
                ('made_by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('is_hidden', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=600)),
                ('author', models.CharField(max_length=150)),
                ('author_name', models.CharField(max_length=310)),
                ('written_at', models.DateTimeField()),
                ('block_id', models.PositiveIntegerField(default=0)),
                ('block', models.JSONField(default=dict)),
                ('block_name', models.CharField(max_length=120)),
                ('settled_by', models.CharField(blank=True, max_length=150)),
                ('settled_by_name', models.CharField(blank=True, max_length=310)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CommentAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=600)),
                ('author', models.CharField(max_length=150)),
                ('author_name', models.CharField(max_length=310)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='InterruptedSave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=43, unique=True)),
                ('subject', models.CharField(max_length=80)),
                ('sealed', models.TextField()),
                ('made_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LibraryFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vouched_by', models.CharField(editable=False, max_length=150)),
                ('vouched_at', models.DateTimeField(editable=False)),
            ],
            options={
                'verbose_name': 'file of a picture',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LibraryPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Only staff read it. For example: Treatment room, or: The team in May 2026', max_length=80, verbose_name='name in the library')),
                ('taken_down_at', models.DateTimeField(editable=False, null=True, verbose_name='taken down')),
                ('taken_down_by', models.CharField(blank=True, editable=False, max_length=150)),
            ],
            options={
                'verbose_name': 'picture of the library',
                'verbose_name_plural': 'pictures of the library',
                'ordering': ['-pk'],
                'permissions': [('take_down_librarypicture', 'Can take down picture of the library')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.CharField(blank=True, max_length=150)),
                ('asked_at', models.DateTimeField()),
                ('page_id', models.PositiveIntegerField(null=True)),
                ('content_id', models.PositiveIntegerField(db_index=True, null=True)),
                ('title', models.CharField(max_length=255)),
                ('became', models.CharField(choices=[('WAITING', 'Waiting'), ('SENT_BACK', 'Sent back'), ('SIGNED', 'Signed, not live yet'), ('LIVE', 'Live'), ('TAKEN_BACK', 'Taken back'), ('PUT_ASIDE', 'Put aside'), ('THROWN_AWAY', 'Thrown away'), ('APPROVED', 'Approved')], default='WAITING', max_length=12)),
                ('by', models.CharField(blank=True, max_length=150)),
                ('at', models.DateTimeField(null=True)),
                ('comment', models.CharField(blank=True, max_length=600)),
                ('case_seen', models.CharField(blank=True, max_length=64)),
                ('changed_by', models.JSONField(default=list)),
                ('is_dismissed', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Portrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('focus_x', models.PositiveSmallIntegerField(default=50, verbose_name='what matters is so far from the left, %')),
                ('focus_y', models.PositiveSmallIntegerField(default=50, verbose_name='and so far from the top, %')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Takeover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255)),
                ('taken_by', models.CharField(max_length=310)),
                ('taken_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-taken_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='photo',
            name='tilt',
            field=models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=3, validators=[django.core.validators.MinValueValidator(-15), django.core.validators.MaxValueValidator(15)], verbose_name='tilted to the right, degrees'),
        ),
        migrations.AddField(
            model_name='picture',
            name='focus_x',
            field=models.PositiveSmallIntegerField(default=50, verbose_name='what matters is so far from the left, %'),
        ),
        migrations.AddField(
            model_name='picture',
            name='focus_y',
            field=models.PositiveSmallIntegerField(default=50, verbose_name='and so far from the top, %'),
        ),
        migrations.AddField(
            model_name='picture',
            name='is_decorative',
            field=models.BooleanField(default=False, help_text='It says nothing that the words beside it don’t say.', verbose_name='only decoration'),
        ),
        migrations.AddField(
            model_name='picture',
            name='shape',
            field=models.CharField(choices=[('WHOLE', 'As it is'), ('WIDE', 'Wide, 16 to 9'), ('SQUARE', 'Square'), ('TALL', 'Tall, 3 to 4')], default='WHOLE', max_length=8, verbose_name='shape of a photograph'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='event',
            field=models.CharField(choices=[('FACT_CHANGED', 'a fact of a treatment was changed'), ('ORIGINAL_VIEWED', 'the original of a photograph was viewed'), ('PHOTO_ADDED', 'a photograph was added to a case'), ('PHOTO_CHANGED', 'a photograph’s words, day or crop were changed'), ('PHOTO_REMOVED', 'a photograph was deleted'), ('PHOTO_QUARANTINED', 'a photograph was taken out of reach'), ('PICTURE_ADDED', 'a picture was added to the library'), ('PICTURE_REPLACED', 'a picture of the library was replaced'), ('PICTURE_TAKEN_DOWN', 'a picture of the library was taken down'), ('PICTURE_DELETED', 'a picture that was not in use was deleted'), ('PORTRAIT_CHANGED', 'a clinician’s portrait was changed'), ('CONSENT_RECORDED', 'a consent was recorded'), ('CONSENT_CHANGED', 'a consent was corrected'), ('CONSENT_WITHDRAWN', 'a consent was withdrawn'), ('CONSENT_EXPIRED', 'a consent ended'), ('CONSENT_EXPORTED', 'everything held under a reference code was given out'), ('FORM_VIEWED', 'a signed form was viewed'), ('CASE_CHANGED', 'a case was changed'), ('CASE_APPROVED', 'a case was approved'), ('CASE_TAKEN_DOWN', 'a case lost its approval'), ('CASE_DELETED', 'a case was deleted'), ('CASE_SENT_BACK', 'a case was sent back to whoever prepared it'), ('CASE_ASKED_AGAIN', 'a case that was sent back was put before the doctor again'), ('PAGE_SENT_BACK', 'a page was sent back to whoever asked'), ('COMMENT_LEFT', 'a comment was left on a page'), ('COMMENT_ANSWERED', 'a comment was answered'), ('COMMENT_SETTLED', 'a comment was settled'), ('COMMENT_DELETED', 'a comment was deleted'), ('PAGE_SIGNED', 'a page was signed'), ('PAGE_PUBLISHED', 'a page went live'), ('PAGE_SCHEDULED', 'a page was given a time to go live'), ('PAGE_UNSCHEDULED', "a page's time to go live was taken away"), ('PAGE_NOT_PUBLISHED', 'a page did not go live at its time'), ('PAGE_OFFLINE', 'a page was taken offline'), ('PAGE_PUT_BACK', 'a page taken offline was made a draft again'), ('PAGE_PLACEMENT_CHANGED', 'a page’s address, menu word or place in the menu was changed'), ('MENU_REORDERED', 'the order of the menu was changed'), ('DRAFT_UNLOCKED', 'a draft was taken over from whoever was changing it'), ('BLOCK_PUT_BACK', 'a block that was deleted or moved was put back into a draft'), ('DRAFT_CHANGED', 'a draft was changed'), ('CLINIC_CHANGED', "the clinic's record was changed"), ('SIGNED_IN', 'someone signed in'), ('SIGNED_OUT', 'someone signed out'), ('SIGN_IN_LOCKED', 'a sign-in was locked after wrong guesses'), ('PASSWORD_CHANGED', 'a password was changed'), ('SECOND_FACTOR_SET_UP', 'a telephone was set up for signing in'), ('SECOND_FACTOR_RESET', 'a telephone was forgotten'), ('RECOVERY_CODE_USED', 'a recovery code was used'), ('RECOVERY_CODES_MADE', 'new recovery codes were made'), ('LINK_MADE', 'a one-time link was made'), ('LINK_USED', 'a one-time link was used'), ('PERSON_ADDED', 'a person was given an account'), ('PERSON_CHANGED', 'a person’s name or roles were changed'), ('PERSON_DEACTIVATED', 'a person’s account was shut'), ('PERSON_REACTIVATED', 'a person’s account was opened again'), ('WORDING_REASON_GIVEN', 'a reason was given for a word that needs one')], max_length=40),
        ),
        migrations.AlterField(
            model_name='photo',
            name='cut_bottom',
            field=models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=3, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(80)], verbose_name='cut away from the bottom, %'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='cut_left',
            field=models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=3, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(80)], verbose_name='cut away from the left, %'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='cut_right',
            field=models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=3, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(80)], verbose_name='cut away from the right, %'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='cut_top',
            field=models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=3, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(80)], verbose_name='cut away from the top, %'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='alt',
            field=models.CharField(blank=True, help_text='For readers who can’t see it. For example: Two nurses at the front desk, which has a ramp. Of skin say area, view, skin tone and what is seen: Belly, front view, medium brown skin. About 20 pale lines.', max_length=250, verbose_name='what it shows'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='drawing',
            field=models.CharField(blank=True, choices=[('tones', 'Six skin tones side by side'), ('fibres-apart', 'Skin in section: fibres pulled apart'), ('needles', 'Skin in section: fine needles'), ('new-fibres', 'Skin in section: new fibres'), ('numbing-cream', 'Numbing cream on black skin'), ('device', 'The device on white skin'), ('warm-skin', 'Warm, flushed medium brown skin'), ('soothing-cream', 'A pot of soothing cream on light brown skin'), ('abdomen', 'Belly'), ('breasts', 'Breasts and chest, covered'), ('hips', 'Hips'), ('thighs', 'Thighs')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('cut_bottom__gte', 0), ('cut_left__gte', 0), ('cut_right__gte', 0), ('cut_top__gte', 0)), name='photo_is_not_cut_outside'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('tilt__gte', -15), ('tilt__lte', 15)), name='photo_is_tilted_a_little_only'),
        ),
        migrations.AddField(
            model_name='autosave',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='blockchange',
            name='content',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='block_changes', to='cms.pagecontent'),
        ),
        migrations.AddField(
            model_name='comment',
            name='content',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.pagecontent'),
        ),
        migrations.AddField(
            model_name='comment',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='cms.page'),
        ),
        migrations.AddField(
            model_name='commentanswer',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='content.comment'),
        ),
        migrations.AddField(
            model_name='interruptedsave',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='libraryfile',
            name='photo',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='library_file', to='content.photo'),
        ),
        migrations.AddField(
            model_name='picture',
            name='photograph',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.libraryfile'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('drawing', ''), _negated=True), ('photograph', None)), models.Q(('drawing', ''), ('photograph__isnull', False)), _connector='OR'), name='picture_is_a_drawing_or_a_photograph'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(('focus_x__gte', 0), ('focus_x__lte', 100), ('focus_y__gte', 0), ('focus_y__lte', 100)), name='picture_has_a_focus_inside'),
        ),
        migrations.AddConstraint(
            model_name='librarypicture',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='library_picture_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='librarypicture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_down_at', None), ('taken_down_by', '')), models.Q(('taken_down_at__isnull', False), models.Q(('taken_down_by', ''), _negated=True)), _connector='OR'), name='library_picture_is_taken_down_by_someone'),
        ),
        migrations.AddField(
            model_name='libraryfile',
            name='picture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='content.librarypicture'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='content.case'),
        ),
        migrations.AddField(
            model_name='portrait',
            name='clinician',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='portrait', to='content.clinician'),
        ),
        migrations.AddField(
            model_name='portrait',
            name='picture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portraits', to='content.librarypicture'),
        ),
        migrations.AddField(
            model_name='takeover',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='autosave',
            constraint=models.UniqueConstraint(fields=('user', 'edition', 'form'), name='autosave_is_one_per_form'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('author_name', ''), _negated=True)), name='comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', '')), models.Q(('settled_at__isnull', False), models.Q(('settled_by', ''), _negated=True)), _connector='OR'), name='comment_is_settled_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='commentanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('author_name', ''), _negated=True)), name='comment_answer_says_something'),
        ),
        migrations.AddConstraint(
            model_name='libraryfile',
            constraint=models.CheckConstraint(condition=models.Q(('vouched_by', ''), _negated=True), name='library_file_is_vouched_for'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('content_id__isnull', False), ('page_id__isnull', False)), models.Q(('case__isnull', False), ('content_id', None), ('page_id', None)), _connector='OR'), name='outcome_is_of_a_page_or_a_case'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('became', 'SENT_BACK'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='outcome_sent_back_with_words'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('content_id', 'asked_by'), name='outcome_once_for_each_who_asked'),
        ),
        migrations.AddConstraint(
            model_name='portrait',
            constraint=models.CheckConstraint(condition=models.Q(('focus_x__gte', 0), ('focus_x__lte', 100), ('focus_y__gte', 0), ('focus_y__lte', 100)), name='portrait_has_a_focus_inside'),
        ),
        migrations.RunPython(unlock_untouched_drafts, migrations.RunPython.noop),
    ]
