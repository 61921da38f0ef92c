"""Ingest of a 12-megapixel JPEG beside pyvips, Willow and easy-thumbnails: `python -m tests.bench.ingest`.

Each makes widths 320, 640, 960 and 1280 in AVIF, WebP and JPEG from one file, each in a process of its own, in one run.
The peers live in an environment that is made for the run and thrown away, each at its own documented defaults with the
same quality figures. Ratios are what counts; SSIM is taken against the picture resized without loss. Then every picture
is compared with each peer's: the aim is SSIM no lower at fewer bytes. (easy-thumbnails writes AVIF at a quality of its
own, whatever it is asked for, so there is nothing to compare.)
"""

import json
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PEERS = [
    "pyvips==3.2.0",
    "pyvips-binary==8.18.7",
    "Willow==1.12.0",
    "easy-thumbnails==2.10.1",
    "Pillow==13.0.0",
    "numpy",
]
WIDTHS = (320, 640, 960, 1280)
TURNS = 3

OURS = """
import sys
from pathlib import Path
from content.images import decode, specs
specs.WIDTHS = (320, 640, 960, 1280)
decode.limit_self()
out = Path(sys.argv[2])
answer = decode.process(WHAT, out, open(sys.argv[1], "rb"))
assert "refused" not in answer, answer
"""
PYVIPS = """
import sys, pyvips
for width in (320, 640, 960, 1280):
    small = pyvips.Image.thumbnail(sys.argv[1], width, export_profile="srgb").copy_memory()
    base = f"{sys.argv[2]}/{width}"
    small.heifsave(base + ".avif", Q=45, effort=0, compression="av1", keep="none")
    small.webpsave(base + ".webp", Q=75, keep="none")
    small.jpegsave(base + ".jpg", Q=80, keep="none")
"""
WILLOW = """
import sys
from django.conf import settings
settings.configure()  # Willow looks there since easy-thumbnails brought Django
from willow.image import Image
for width in (320, 640, 960, 1280):
    for suffix in ("avif", "webp", "jpeg"):
        with open(sys.argv[1], "rb") as file:
            picture = Image.open(file).auto_orient()
            high = picture.get_size()[1] * width // picture.get_size()[0]
            picture = picture.resize((width, high))
            name = f"{sys.argv[2]}/{width}.{suffix.replace('jpeg', 'jpg')}"
            with open(name, "wb") as out:
                getattr(picture, f"save_as_{suffix}")(out, quality={"avif": 45, "webp": 75, "jpeg": 80}[suffix])
"""
EASY = """
import sys, django
from django.conf import settings
settings.configure(INSTALLED_APPS=["easy_thumbnails"])
django.setup()
from easy_thumbnails import engine, source_generators
for width in (320, 640, 960, 1280):
    for suffix, quality in (("avif", 45), ("webp", 75), ("jpg", 80)):
        with open(sys.argv[1], "rb") as file:
            picture = source_generators.pil_image(file)
            picture = engine.process_image(picture, {"size": (width, 0)})
            name = f"{sys.argv[2]}/{width}.{suffix}"
            with open(name, "wb") as out:
                out.write(engine.save_pil_image(picture, filename=name, quality=quality).read())
"""
LAUNCHER = """
import json, os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], {"MALLOC_ARENA_MAX": "1"})
_, status, used = os.wait4(pid, 0)
assert status == 0
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
SSIM = """
import json, sys
import numpy as np
from PIL import Image
def blurred(array):
    sums = np.pad(array, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    return (sums[7:, 7:] - sums[:-7, 7:] - sums[7:, :-7] + sums[:-7, :-7]) / 49
def ssim(a, b):
    ma, mb = blurred(a), blurred(b)
    va, vb, cov = blurred(a * a) - ma * ma, blurred(b * b) - mb * mb, blurred(a * b) - ma * mb
    c, d = 6.5025, 58.5225
    return float((((2 * ma * mb + c) * (2 * cov + d)) / ((ma**2 + mb**2 + c) * (va + vb + d))).mean())
source, folder = sys.argv[1:]
found = {}
for width in (320, 640, 960, 1280):
    with Image.open(source) as picture:
        true = picture.convert("RGB").resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS).convert("L")
    for suffix in ("avif", "webp", "jpg"):
        with Image.open(f"{folder}/{width}.{suffix}") as made:
            made = made.convert("L").resize(true.size) if made.size != true.size else made.convert("L")
        found[f"{width}.{suffix}"] = ssim(np.asarray(true, "float64"), np.asarray(made, "float64"))
print(json.dumps(found))
"""


def photograph(path: Path) -> None:
    """A 12-megapixel picture of soft shapes, lines and a little noise, as a camera would save it."""
    size = (4032, 3024)
    soft = Image.effect_noise((63, 48), 90).resize(size, Image.Resampling.BICUBIC)
    fine = Image.effect_noise((1008, 756), 40).resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 8)
    tones = Image.blend(Image.blend(soft, fine, 0.35), grain, 0.2)
    Image.merge("RGB", [tones.point(lambda v, k=k: v * k) for k in (1.0, 0.8, 0.7)]).save(path, quality=90)


def measured(python: str, program: str, source: Path, folder: Path) -> tuple[float, float]:
    """CPU seconds (median) and peak memory in MB (highest) of several runs."""
    runs = []
    for turn in range(TURNS):
        out = folder / str(turn)
        out.mkdir(parents=True)
        command = [sys.executable, "-S", "-c", LAUNCHER, python, "-W", "ignore", "-c", program, str(source), str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        runs.append(json.loads(done.stdout))
    return statistics.median(cpu for cpu, _ in runs), max(peak for _, peak in runs)


def alike(python: str, source: Path, files: Path) -> dict[str, tuple[int, float]]:
    """Bytes and SSIM of each picture in the folder."""
    said = subprocess.run([python, "-c", SSIM, str(source), str(files)], capture_output=True, text=True, check=True)
    return {name: ((files / name).stat().st_size, one) for name, one in json.loads(said.stdout).items()}


def verdict(ours: tuple[int, float], theirs: tuple[int, float]) -> str:
    """Bytes against theirs and SSIM less theirs, to four places; `-` before it where the aim is not reached."""
    better = round(ours[1] - theirs[1], 4)
    is_reached = ours[0] < theirs[0] and better >= 0
    return f"{' ' if is_reached else '-'} {ours[0] / theirs[0]:.3f} {better:+.4f}"


def compare(found: dict[str, dict[str, tuple[int, float]]]) -> None:
    """Print each format at each width against each peer."""
    ours, peers = found["renditions"], ("pyvips", "Willow", "easy-thumbnails")
    say(f"\n{'picture':10} {'bytes':>7} {'SSIM':>6}   " + "".join(f"{peer:18}" for peer in peers))
    cells = []
    for name, one in ours.items():
        row = [
            "" if (peer, name[-4:]) == ("easy-thumbnails", "avif") else verdict(one, found[peer][name])
            for peer in peers
        ]
        cells += [cell for cell in row if cell]
        say(f"{name:10} {one[0]:7} {one[1]:.4f}   " + "".join(f"{cell:18}" for cell in row))
    reached = sum(cell.startswith(" ") for cell in cells)
    say(f"SSIM no lower at fewer bytes: {reached} of {len(cells)} reached; not reached where a cell has “-”")


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)  # noqa: T201  printing its figures is what a bench is for


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        venv.create(place / "peers", with_pip=True)
        peers = str(place / "peers/bin/python")
        subprocess.run([peers, "-m", "pip", "install", "--quiet", *PEERS], check=True)
        source = place / "photograph.jpg"
        photograph(source)
        ways = {
            "renditions": (sys.executable, OURS.replace("WHAT", '"renditions"')),
            "renditions + kept original": (sys.executable, OURS.replace("WHAT", '"all"')),
            "pyvips": (peers, PYVIPS),
            "Willow": (peers, WILLOW),
            "easy-thumbnails": (peers, EASY),
        }
        say(f"{'way':28} {'CPU s':>6} {'ours ÷':>7} {'MB':>5}   kB and SSIM: AVIF, WebP, JPEG")
        ours = 0.0
        found: dict[str, dict[str, tuple[int, float]]] = {}
        for number, (way, (python, program)) in enumerate(ways.items()):
            cpu, peak = measured(python, program, source, place / str(number))
            ours = ours or cpu
            files = place / str(number) / "0"
            files = files / "renditions" if (files / "renditions").exists() else files
            found[way] = alike(peers, source, files)
            parts = [
                f"{sum(found[way][f'{w}.{s}'][0] for w in WIDTHS) / 1000:5.0f} "
                f"{statistics.mean(found[way][f'{w}.{s}'][1] for w in WIDTHS):.4f}"
                for s in ("avif", "webp", "jpg")
            ]
            say(f"{way:28} {cpu:6.2f} {ours / cpu:7.2f} {peak:5.0f}   {'  '.join(parts)}")
        compare(found)


if __name__ == "__main__":
    main()
