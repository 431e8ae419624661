"""Writes the map: the format is told in client/map/README.md, and read by client/map/geodata.cc."""

MAGIC = b"DMAP"
VERSION = 2
LANGUAGES = ("en", "ru", "tg", "fa")

COAST, BORDER, PROVINCE, DISPUTED = range(4)


class Out:
    def __init__(self):
        self.data = bytearray()

    def number(self, value):
        """A number without sign: seven bits a byte, the lowest first, the top bit of all but the last set."""
        while value > 127:
            self.data.append(value & 127 | 128)
            value >>= 7
        self.data.append(value)

    def signed(self, value):
        self.number(value * 2 if value >= 0 else -value * 2 - 1)

    def text(self, text):
        data = text.encode()
        self.number(len(data))
        self.data += data

    def names(self, names):
        """English, then the others; '' where one is written as in English or is not known."""
        english = names["en"]
        self.text(english)
        for language in LANGUAGES[1:]:
            name = names.get(language, "")
            self.text("" if name == english else name)

    def points(self, points):
        self.number(len(points))
        x = y = 0
        for point in points:
            self.signed(point[1] - y)
            self.signed(point[0] - x)
            x, y = point


def encode(content):
    """`content`: sources [(what, whose, licence, date)], countries [code], arcs [(kind, points)],
    areas [(country, key, names, polygons of rings of references)], disputed [(claim, country, arc)],
    cities [(country, people, latitude, longitude, names)], rivers [(rank, names, lines of points)]; country: position in countries plus one, 0 for none."""
    out = Out()
    out.data += MAGIC
    out.number(VERSION)
    out.number(len(content["sources"]))
    for source in content["sources"]:
        for text in source:
            out.text(text)
    out.number(len(content["countries"]))
    for code, name in content["countries"]:
        out.text(code)
        out.text(name)
    out.number(len(content["arcs"]))
    for kind, points in content["arcs"]:
        out.number(kind)
        out.points(points)
    out.number(len(content["areas"]))
    for country, key, names, polygons in content["areas"]:
        out.number(country)
        out.text(key)
        out.names(names)
        out.number(len(polygons))
        for rings in polygons:
            out.number(len(rings))
            for ring in rings:
                out.number(len(ring))
                for reference in ring:
                    out.number(reference)
    out.number(len(content["disputed"]))
    for claim, country, arc in content["disputed"]:
        out.text(claim)
        out.text(country)
        out.number(arc)
    out.number(len(content["cities"]))
    for country, people, latitude, longitude, names in content["cities"]:
        out.number(country)
        out.number(people)
        out.signed(latitude)
        out.signed(longitude)
        out.names(names)
    out.number(len(content["rivers"]))
    for rank, names, lines in content["rivers"]:
        out.number(rank)
        out.names(names)
        out.number(len(lines))
        for line in lines:
            out.points(line)
    return bytes(out.data)
