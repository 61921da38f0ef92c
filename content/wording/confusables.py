"""Letters that look like Latin ones, as a table for `str.translate`; a small part of Unicode's list of confusables."""

#: Latin letter → letters of other alphabets, and rarer Latin ones, that readers take for it.
LOOKALIKES = {
    "a": "аɑαａⱥǎᴀ", "b": "ьƅʙв", "c": "сϲᴄⅽς", "d": "ԁɗᴅⅾժ", "e": "еєҽɛᴇεѐ", "f": "ƒғꜰϝ", "g": "ɡցɢ", "h": "һհʜн",
    "i": "іıιɩɪӏḭΙ", "j": "јʝᴊϳ", "k": "κкᴋⲕ", "l": "ⅼʟɭℓł", "m": "мᴍⅿ", "n": "ոпηɴ", "o": "оοσօᴏ०ο", "p": "рρᴘþ",
    "q": "ԛգ", "r": "гʀᴦⲅ", "s": "ѕꜱʂ", "t": "тτᴛⲧ", "u": "υսᴜʊц", "v": "ѵνᴠⅴ", "w": "ѡωшԝᴡ", "x": "хχⅹ",
    "y": "уγүʏყ", "z": "ᴢʐζ", "A": "АΑᎪ", "B": "ВΒᏴ", "C": "СϹᏟ", "E": "ЕΕᎬ", "G": "Ԍ", "H": "НΗᎻ", "I": "ІӀ", "J": "ЈᎫ",
    "K": "КΚᏦ", "L": "Ꮮ", "M": "МΜᎷ", "N": "Ν", "O": "ОΟ", "P": "РΡᏢ", "S": "ЅᏚ", "T": "ТΤᎢ", "V": "ѴᏙ", "W": "ԜᏔ",
    "X": "ХΧ", "Y": "ΥҮУ", "Z": "ΖᏃ",
}  # fmt: skip
LATIN = str.maketrans({other: letter for letter, others in LOOKALIKES.items() for other in others if other != letter})
#: Signs and digits that stand in for a letter inside a word: "p@inless", "gu4ranteed".
STAND_INS = str.maketrans("0134578@$€!|", "oieastbaseil")
