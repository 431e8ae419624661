// A long text in paragraphs, of which only those are set in lines that somebody asks about: those in sight, and the one
// with the caret. Of the others it is guessed how many lines they have. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/text/clusters.h"
#include "client/ui/text/find.h"
#include "client/ui/text/line_map.h"
#include "client/ui/text/typesetter.h"

namespace daftar::text {

class TextFlow final : public LineMap {
 public:
  // Sets a paragraph in lines. What it returns stays until the next Update.
  using Setter = std::function<const std::vector<Line>&(std::string_view)>;

  struct Room {
    float width = 0;             // of the lines, pixels
    float em = 1;                // about as wide as two letters
    int page = 1;                // so many lines are seen at once
    bool right_to_left = false;  // so runs a paragraph in which nothing stands
  };
  // Before anything else, and after each change of the text. `revision`: the same, the same text. What `set` uses
  // outlives the next Update.
  void Update(std::string_view text, uint64_t revision, const Room& room, Setter set);

  size_t paragraphs() const { return paragraphs_.size(); }
  ByteRange Paragraph(size_t number) const;
  std::string_view TextOf(size_t number) const;
  const std::vector<Line>& LinesOf(size_t number);
  // How many those are; sets the paragraph if that is not known.
  int Count(size_t number);
  // How many lines all paragraphs before that one have, as far as is known.
  int64_t CountBefore(size_t number) const;
  // The paragraph that has the line of that number, as far as is known; the last, if there are not so many.
  size_t WithLine(int64_t line) const;
  // Of one of them; bytes from the paragraph's beginning.
  std::vector<Cluster> Clusters(size_t paragraph, const Line& line) {
    return ClustersOf(line, TextOf(paragraph), characters_);
  }
  // From the left edge of all lines to that of this one: a line of a paragraph that runs from right to left ends there.
  float LeftOf(const Line& line) const { return Runs(line) ? room_.width - line.width : 0; }
  // So many lines on, or back; false: there are not so many, and it is the last, or the first.
  bool Step(size_t& paragraph, size_t& line, int64_t lines);
  Caret CaretIn(size_t paragraph, size_t line, float x);
  // How many paragraphs were set so far whose lines were not known.
  size_t newly_set() const { return newly_set_; }

  Spot SpotOf(Caret caret) override;
  Caret Beside(Caret caret, bool right) override;
  std::optional<Caret> Below(Caret caret, int lines, float x) override;
  Caret LineBegin(Caret caret) override;
  Caret LineEnd(Caret caret) override;
  bool RightToLeft(size_t byte) override;
  int Page() const override { return room_.page; }

 private:
  struct Known {
    size_t begin = 0;
    int lines = 0;
    bool set = false;
  };
  void Split(std::string_view text);
  // From right to left.
  bool Runs(const Line& line) const { return line.glyphs.empty() ? room_.right_to_left : line.right_to_left; }
  int Guess(size_t bytes) const;
  size_t ParagraphOf(size_t byte) const;
  // The line of a caret, within its paragraph.
  static size_t LineWith(const std::vector<Line>& lines, Caret within);
  // The caret where a line is entered: at its beginning, or its end.
  Caret Entered(size_t paragraph, size_t line, bool at_begin);

  std::string text_;
  uint64_t revision_ = 0;
  Room room_;
  Setter set_;
  std::vector<Known> paragraphs_{Known{}};
  size_t newly_set_ = 0;
  Boundaries characters_{Boundaries::Of::kCharacters};
};

}  // namespace daftar::text
