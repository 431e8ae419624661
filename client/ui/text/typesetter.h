// Sets text into lines: right-to-left and left-to-right by Unicode's rules, letters joined, lines broken where the
// language allows, each character in a typeface that has it. Knows nothing of a screen. One thread.
#pragma once

#include <unicode/ubrk.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "client/ui/text/bidi.h"
#include "client/ui/text/font_set.h"
#include "client/ui/text/paragraph.h"

namespace daftar::text {

// One glyph in its place. Pixels from the line's left end and base line, to the right and upwards.
struct PlacedGlyph {
  int typeface = 0;
  uint32_t glyph = 0;
  float x = 0, y = 0;
  float left = 0, right = 0;  // the room that it takes
  size_t byte = 0;            // of the text: the first that it stands for
  bool right_to_left = false;
};

struct Line {
  std::vector<PlacedGlyph> glyphs;  // from left to right
  float width = 0;
  bool right_to_left = false;  // its paragraph is: it begins at the right
  size_t begin = 0, end = 0;   // bytes of the text
};

// Spaces where a line is wrapped are left out; or, where text is edited, stay at its end, and may hang over the edge.
enum class SpacesAtEnd { kDropped, kKept };

class Typesetter {
 public:
  // The fonts outlive it.
  explicit Typesetter(FontSet& fonts);

  // All of the text in one line.
  Line Set(std::string_view text, Face face);
  // As much as is no wider than `width`, and an ellipsis where something is left out: at the end that is read last.
  Line SetWithin(std::string_view text, Face face, float width);
  // Lines no wider than `width`, unless a single character is. A text that ends with a line end has an empty last line.
  std::vector<Line> Wrap(std::string_view text, Face face, float width, SpacesAtEnd spaces = SpacesAtEnd::kDropped);

 private:
  // Units of one direction, script and typeface.
  struct Run {
    int begin = 0, end = 0;
    bool right_to_left = false;
    int typeface = 0;
  };
  // A paragraph with what is known of it before it is broken into lines.
  struct Prepared {
    const Paragraph& paragraph;
    Bidi bidi;
    std::vector<Run> runs;         // in the order of the text
    std::vector<float> beginning;  // the width of what stands before each unit, and of all
  };
  Prepared Prepare(const Paragraph& paragraph, Face face);
  void AddRuns(const Paragraph& paragraph, const DirectedRun& directed, Face face, std::vector<Run>& runs);
  // Units [begin, end) as a line.
  Line SetLine(const Prepared& prepared, int begin, int end) const;
  // Where a line that begins there ends at the latest, and where the next begins.
  struct Break {
    int end = 0, next = 0;
    bool inside_word = false;
  };
  Break BreakLine(const Prepared& prepared, int begin, float width);
  // Where the longest beginning of whole characters ends that is no wider while it stands among the others: cut off,
  // its last letter may take another form. One character at least.
  int Fitting(const Prepared& prepared, int begin, int end, float width);
  // Where the character begins that ends there.
  int Before(const Paragraph& paragraph, int end);
  // The beginning of a line's text, up to a unit, and an ellipsis.
  Line SetCut(const Prepared& prepared, int end, Face face);

  using Breaks = std::unique_ptr<UBreakIterator, decltype(&ubrk_close)>;
  FontSet& fonts_;
  Breaks line_breaks_, characters_;
};

}  // namespace daftar::text
