"""The picture library: its pictures, their files, portraits; a picture block shows a drawing or such a file."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0045_pageurl_site_unique_path'),
        ('content', '0018_turn_once_seal'),
    ]

    operations = [
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
            field=models.CharField(choices=[('FACT_CHANGED', 'a fact of a treatment was changed'), ('ORIGINAL_VIEWED', 'the original of a photograph was viewed'), ('PHOTO_ADDED', 'a photograph was added to a case'), ('PHOTO_CHANGED', 'a photograph’s words, day or crop were changed'), ('PHOTO_REMOVED', 'a photograph was deleted'), ('PHOTO_QUARANTINED', 'a photograph was taken out of reach'), ('PICTURE_ADDED', 'a picture was added to the library'), ('PICTURE_REPLACED', 'a picture of the library was replaced'), ('PICTURE_TAKEN_DOWN', 'a picture of the library was taken down'), ('PICTURE_DELETED', 'a picture that was not in use was deleted'), ('PORTRAIT_CHANGED', 'a clinician’s portrait was changed'), ('CONSENT_RECORDED', 'a consent was recorded'), ('CONSENT_CHANGED', 'a consent was corrected'), ('CONSENT_WITHDRAWN', 'a consent was withdrawn'), ('CONSENT_EXPIRED', 'a consent ended'), ('CONSENT_EXPORTED', 'everything held under a reference code was given out'), ('FORM_VIEWED', 'a signed form was viewed'), ('CASE_CHANGED', 'a case was changed'), ('CASE_APPROVED', 'a case was approved'), ('CASE_TAKEN_DOWN', 'a case lost its approval'), ('CASE_DELETED', 'a case was deleted'), ('PAGE_SIGNED', 'a page was signed'), ('PAGE_PUBLISHED', 'a page went live'), ('PAGE_SCHEDULED', 'a page was given a time to go live'), ('PAGE_UNSCHEDULED', "a page's time to go live was taken away"), ('PAGE_NOT_PUBLISHED', 'a page did not go live at its time'), ('PAGE_OFFLINE', 'a page was taken offline'), ('PAGE_PUT_BACK', 'a page taken offline was made a draft again'), ('DRAFT_UNLOCKED', 'a draft was taken over from whoever was changing it'), ('CLINIC_CHANGED', "the clinic's record was changed"), ('SIGNED_IN', 'someone signed in'), ('SIGNED_OUT', 'someone signed out'), ('SIGN_IN_LOCKED', 'a sign-in was locked after wrong guesses'), ('PASSWORD_CHANGED', 'a password was changed'), ('SECOND_FACTOR_SET_UP', 'a telephone was set up for signing in'), ('SECOND_FACTOR_RESET', 'a telephone was forgotten'), ('RECOVERY_CODE_USED', 'a recovery code was used'), ('RECOVERY_CODES_MADE', 'new recovery codes were made'), ('LINK_MADE', 'a one-time link was made'), ('LINK_USED', 'a one-time link was used'), ('PERSON_ADDED', 'a person was given an account'), ('PERSON_CHANGED', 'a person’s name or roles were changed'), ('PERSON_DEACTIVATED', 'a person’s account was shut'), ('PERSON_REACTIVATED', 'a person’s account was opened again'), ('WORDING_REASON_GIVEN', 'a reason was given for a word that needs one')], max_length=40),
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
        migrations.CreateModel(
            name='LibraryFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vouched_by', models.CharField(editable=False, max_length=150)),
                ('vouched_at', models.DateTimeField(editable=False)),
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='library_file', to='content.photo')),
            ],
            options={
                'verbose_name': 'file of a picture',
                'ordering': ['pk'],
                'default_permissions': (),
            },
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
            model_name='portrait',
            name='clinician',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='portrait', to='content.clinician'),
        ),
        migrations.AddField(
            model_name='portrait',
            name='picture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portraits', to='content.librarypicture'),
        ),
        migrations.AddConstraint(
            model_name='libraryfile',
            constraint=models.CheckConstraint(condition=models.Q(('vouched_by', ''), _negated=True), name='library_file_is_vouched_for'),
        ),
        migrations.AddConstraint(
            model_name='portrait',
            constraint=models.CheckConstraint(condition=models.Q(('focus_x__gte', 0), ('focus_x__lte', 100), ('focus_y__gte', 0), ('focus_y__lte', 100)), name='portrait_has_a_focus_inside'),
        ),
    ]
