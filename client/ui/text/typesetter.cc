#include "client/ui/text/typesetter.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <algorithm>

#include "storage/base/status.h"

namespace daftar::text {
namespace {

using Breaks = std::unique_ptr<UBreakIterator, decltype(&ubrk_close)>;

Breaks OpenBreaks(UBreakIteratorType type) {
  UErrorCode error = U_ZERO_ERROR;
  Breaks breaks(ubrk_open(type, "", nullptr, 0, &error), &ubrk_close);
  DAFTAR_CHECK(U_SUCCESS(error));  // ICU comes with them
  return breaks;
}

void SetText(UBreakIterator* breaks, const std::u16string& units) {
  UErrorCode error = U_ZERO_ERROR;
  ubrk_setText(breaks, units.data(), static_cast<int32_t>(units.size()), &error);
  DAFTAR_CHECK(U_SUCCESS(error));
}

// What belongs to the character before it whatever its own script: marks, joiners, spaces.
bool Follows(UChar32 c) {
  const int8_t type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK ||
         type == U_FORMAT_CHAR || c == ' ' || c == 0xA0;
}

// Common: it has none of its own.
UScriptCode ScriptOf(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &error);
  return U_FAILURE(error) || script == USCRIPT_INHERITED ? USCRIPT_COMMON : script;
}

int WithoutSpaces(const std::u16string& units, int begin, int end) {
  while (end > begin && units[static_cast<size_t>(end - 1)] == u' ') --end;
  return end;
}

constexpr char16_t kEllipsis = u'…';

}  // namespace

Typesetter::Typesetter(FontSet& fonts)
    : fonts_(fonts), line_breaks_(OpenBreaks(UBRK_LINE)), characters_(OpenBreaks(UBRK_CHARACTER)) {}

void Typesetter::AddRuns(const Paragraph& paragraph, const DirectedRun& directed, Face face, std::vector<Run>& runs) {
  const char16_t* units = paragraph.units.data();
  UScriptCode script = USCRIPT_COMMON;
  const size_t first = runs.size();
  for (int at = directed.begin; at < directed.end;) {
    const int begin = at;
    UChar32 c = 0;
    U16_NEXT(units, at, directed.end, c);
    const bool begins = runs.size() == first;
    if (!begins && Follows(c)) {
      runs.back().end = at;
      continue;
    }
    const UScriptCode own = ScriptOf(c);
    const bool other_script = own != USCRIPT_COMMON && script != USCRIPT_COMMON && own != script;
    if (own != USCRIPT_COMMON) script = own;
    const int typeface = fonts_.Choose(face, static_cast<char32_t>(c), script);
    if (!begins && !other_script && runs.back().typeface == typeface) {
      runs.back().end = at;
    } else {
      runs.push_back({begin, at, directed.right_to_left, typeface});
    }
  }
}

Typesetter::Prepared Typesetter::Prepare(const Paragraph& paragraph, Face face) {
  Prepared prepared{paragraph, Bidi(paragraph.units), {}, {}};
  if (paragraph.units.empty()) return prepared;
  for (const DirectedRun& directed : prepared.bidi.Logical()) AddRuns(paragraph, directed, face, prepared.runs);
  std::vector<ShapedGlyph> glyphs;
  for (const Run& run : prepared.runs)
    fonts_.typeface(run.typeface).Shape(paragraph.units, run.begin, run.end, run.right_to_left, glyphs);
  prepared.beginning.assign(paragraph.units.size() + 1, 0);
  for (const ShapedGlyph& glyph : glyphs) prepared.beginning[static_cast<size_t>(glyph.at) + 1] += glyph.advance;
  for (size_t i = 1; i < prepared.beginning.size(); ++i) prepared.beginning[i] += prepared.beginning[i - 1];
  return prepared;
}

Line Typesetter::SetLine(const Prepared& prepared, int begin, int end) const {
  const Paragraph& paragraph = prepared.paragraph;
  Line line;
  line.right_to_left = prepared.bidi.right_to_left();
  line.begin = paragraph.bytes[static_cast<size_t>(begin)];
  line.end = paragraph.bytes[static_cast<size_t>(end)];
  std::vector<ShapedGlyph> glyphs;
  const auto add = [&](const Run& run, int from, int to) {
    glyphs.clear();
    fonts_.typeface(run.typeface).Shape(paragraph.units, from, to, run.right_to_left, glyphs);
    for (const ShapedGlyph& glyph : glyphs) {
      line.glyphs.push_back({.typeface = run.typeface,
                             .glyph = glyph.glyph,
                             .x = line.width + glyph.dx,
                             .y = glyph.dy,
                             .left = line.width,
                             .right = line.width + glyph.advance,
                             .byte = paragraph.bytes[static_cast<size_t>(glyph.at)],
                             .right_to_left = run.right_to_left});
      line.width += glyph.advance;
    }
  };
  for (const DirectedRun& directed : prepared.bidi.Visual(begin, end)) {
    std::vector<Run> parts;
    // A line of a long paragraph has few of its runs.
    auto run = std::partition_point(prepared.runs.begin(), prepared.runs.end(),
                                    [&](const Run& each) { return each.end <= directed.begin; });
    for (; run != prepared.runs.end() && run->begin < directed.end; ++run) {
      parts.push_back({std::max(run->begin, directed.begin), std::min(run->end, directed.end), directed.right_to_left,
                       run->typeface});
    }
    if (directed.right_to_left) std::reverse(parts.begin(), parts.end());
    for (const Run& part : parts) add(part, part.begin, part.end);
  }
  return line;
}

Line Typesetter::Set(std::string_view text, Face face) {
  const Paragraph paragraph = LineOf(text);
  const Prepared prepared = Prepare(paragraph, face);
  return SetLine(prepared, 0, static_cast<int>(paragraph.units.size()));
}

int Typesetter::Fitting(const Prepared& prepared, int begin, int end, float width) {
  SetText(characters_.get(), prepared.paragraph.units);
  const float limit = prepared.beginning[static_cast<size_t>(begin)] + width;
  int fits = ubrk_following(characters_.get(), begin);
  if (fits == UBRK_DONE) return end;
  while (fits < end) {
    const int next = ubrk_following(characters_.get(), fits);
    if (next == UBRK_DONE || next > end || prepared.beginning[static_cast<size_t>(next)] > limit) break;
    fits = next;
  }
  return std::min(fits, end);
}

int Typesetter::Before(const Paragraph& paragraph, int end) {
  SetText(characters_.get(), paragraph.units);
  return std::max(ubrk_preceding(characters_.get(), end), 0);
}

Line Typesetter::SetCut(const Prepared& prepared, int end, Face face) {
  const Paragraph& whole = prepared.paragraph;
  const auto kept = static_cast<size_t>(end);
  Paragraph cut{whole.units.substr(0, kept) + kEllipsis, {}};
  cut.bytes.assign(whole.bytes.begin(), whole.bytes.begin() + static_cast<ptrdiff_t>(kept) + 1);
  cut.bytes.push_back(whole.bytes.back());
  Prepared set = Prepare(cut, face);
  set.bidi = Bidi(cut.units, prepared.bidi.right_to_left());
  return SetLine(set, 0, end + 1);
}

Line Typesetter::SetWithin(std::string_view text, Face face, float width) {
  const Paragraph paragraph = LineOf(text);
  const Prepared prepared = Prepare(paragraph, face);
  const int all = static_cast<int>(paragraph.units.size());
  if (all == 0 || prepared.beginning.back() <= width) return SetLine(prepared, 0, all);
  int end = Fitting(prepared, 0, all, width);
  Line line;
  do {
    end = WithoutSpaces(paragraph.units, 0, Before(paragraph, end));
    line = SetCut(prepared, end, face);
  } while (end > 0 && line.width > width);
  return line;
}

Typesetter::Break Typesetter::BreakLine(const Prepared& prepared, int begin, float width) {
  const std::u16string& units = prepared.paragraph.units;
  const int all = static_cast<int>(units.size());
  const float limit = prepared.beginning[static_cast<size_t>(begin)] + width;
  Break found{begin, begin};
  while (found.next < all) {
    int next = ubrk_following(line_breaks_.get(), found.next);
    if (next == UBRK_DONE) next = all;
    // Spaces at the end may hang over the edge.
    const int end = WithoutSpaces(units, begin, next);
    if (prepared.beginning[static_cast<size_t>(end)] > limit) break;
    found = {end, next};
  }
  if (found.next > begin) return found;
  int word = ubrk_following(line_breaks_.get(), begin);
  if (word == UBRK_DONE) word = all;
  const int cut = Fitting(prepared, begin, word, width);
  return {cut, cut, true};
}

std::vector<Line> Typesetter::Wrap(std::string_view text, Face face, float width, SpacesAtEnd spaces) {
  std::vector<Line> lines;
  for (const Paragraph& paragraph : ParagraphsOf(text)) {
    const Prepared prepared = Prepare(paragraph, face);
    const int all = static_cast<int>(paragraph.units.size());
    if (all == 0) lines.push_back(SetLine(prepared, 0, 0));
    SetText(line_breaks_.get(), paragraph.units);
    for (int begin = 0; begin < all;) {
      Break at = BreakLine(prepared, begin, width);
      Line line = SetLine(prepared, begin, spaces == SpacesAtEnd::kKept ? at.next : at.end);
      while (at.inside_word && line.width > width) {
        const int shorter = Before(paragraph, at.end);
        if (shorter <= begin) break;
        at.end = at.next = shorter;
        line = SetLine(prepared, begin, shorter);
      }
      lines.push_back(std::move(line));
      begin = at.next;
    }
  }
  return lines;
}

}  // namespace daftar::text
