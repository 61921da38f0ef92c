"""Words that staff and readers see: whose questions are asked, and the names of areas and skin tones."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0016_passage_digest'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rightforme',
            name='questions',
            field=models.JSONField(blank=True, default=list, help_text='Leave this empty: the questions come from “Who should wait” on the treatment’s page. Where there is no such list, ask so that yes is the answer that needs care, for example: Are you pregnant?'),
        ),
        migrations.AlterField(
            model_name='case',
            name='body_area',
            field=models.CharField(choices=[('ABDOMEN', 'Belly'), ('HIPS', 'Hips'), ('THIGHS', 'Thighs'), ('UPPER_ARMS', 'Upper arms'), ('BACK', 'Back'), ('BREASTS', 'Breasts and chest'), ('BOTTOM', 'Bottom'), ('GROIN', 'Groin')], max_length=12),
        ),
        migrations.AlterField(
            model_name='case',
            name='skin_tone',
            field=models.CharField(blank=True, choices=[('VERY_PALE', 'Very pale white'), ('WHITE', 'White'), ('LIGHT_BROWN', 'Light brown'), ('MEDIUM_BROWN', 'Medium brown'), ('DARK_BROWN', 'Dark brown'), ('BLACK', 'Black')], max_length=12, verbose_name='skin'),
        ),
        migrations.AlterField(
            model_name='casegallery',
            name='body_area',
            field=models.CharField(blank=True, choices=[('ABDOMEN', 'Belly'), ('HIPS', 'Hips'), ('THIGHS', 'Thighs'), ('UPPER_ARMS', 'Upper arms'), ('BACK', 'Back'), ('BREASTS', 'Breasts and chest'), ('BOTTOM', 'Bottom'), ('GROIN', 'Groin')], max_length=12, verbose_name='only this body area'),
        ),
        migrations.AlterField(
            model_name='casegallery',
            name='skin_tone',
            field=models.CharField(blank=True, choices=[('VERY_PALE', 'Very pale white'), ('WHITE', 'White'), ('LIGHT_BROWN', 'Light brown'), ('MEDIUM_BROWN', 'Medium brown'), ('DARK_BROWN', 'Dark brown'), ('BLACK', 'Black')], max_length=12, verbose_name='only this skin'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='alt',
            field=models.CharField(blank=True, help_text='For readers who can’t see it: area, view, skin tone, what is seen. For example: Belly, front view, medium brown skin. About 20 upright pale lines below the belly button.', max_length=250, verbose_name='what it shows'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='alt',
            field=models.CharField(help_text='For readers who can’t see it: area, view, skin tone, what is seen. For example: Belly, front view, medium brown skin. About 20 upright pale lines below the belly button.', max_length=250, verbose_name='what it shows'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='drawing',
            field=models.CharField(choices=[('tones', 'Six skin tones side by side'), ('fibres-apart', 'Skin in section: fibres pulled apart'), ('needles', 'Skin in section: fine needles'), ('new-fibres', 'Skin in section: new fibres'), ('numbing-cream', 'Numbing cream on black skin'), ('device', 'The device on white skin'), ('warm-skin', 'Warm, flushed medium brown skin'), ('soothing-cream', 'A pot of soothing cream on light brown skin'), ('abdomen', 'Belly'), ('breasts', 'Breasts and chest, covered'), ('hips', 'Hips'), ('thighs', 'Thighs')], max_length=40),
        ),
    ]
