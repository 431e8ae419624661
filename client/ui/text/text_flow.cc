#include "client/ui/text/text_flow.h"

#include <algorithm>
#include <utility>

namespace daftar::text {

void TextFlow::Update(std::string_view text, uint64_t revision, const Room& room, Setter set) {
  set_ = std::move(set);
  const Room before = std::exchange(room_, room);
  if (room.width != before.width || room.em != before.em) {
    text_.clear();
    paragraphs_ = {Known{}};
    revision_ = 0;
  }
  if (revision == revision_) return;
  revision_ = revision;
  Split(text);
}

// What is known of the paragraphs before and behind the change stays known.
void TextFlow::Split(std::string_view text) {
  const std::string_view old = text_;
  const size_t shorter = std::min(old.size(), text.size());
  const auto same = static_cast<size_t>(
      std::mismatch(old.begin(), old.begin() + static_cast<ptrdiff_t>(shorter), text.begin()).first - old.begin());
  size_t tail = 0;
  while (tail < shorter - same && old[old.size() - 1 - tail] == text[text.size() - 1 - tail]) ++tail;

  std::vector<Known> paragraphs;
  for (size_t begin = 0;;) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    paragraphs.push_back({begin, Guess(end - begin), false});
    if (end == text.size()) break;
    begin = end + 1;
  }
  const auto keep = [&](size_t number, size_t from) {
    paragraphs[number].lines = paragraphs_[from].lines;
    paragraphs[number].set = paragraphs_[from].set;
  };
  const size_t count = paragraphs.size(), old_count = paragraphs_.size();
  size_t front = 0;
  while (front + 1 < std::min(count, old_count) && paragraphs[front + 1].begin <= same) keep(front, front), ++front;
  const size_t unchanged = text.size() - tail;
  for (size_t back = 1; back + front <= std::min(count, old_count); ++back) {
    if (paragraphs[count - back].begin <= unchanged) break;  // the line end before it must be the same, too
    keep(count - back, old_count - back);
  }
  paragraphs_ = std::move(paragraphs);
  text_ = text;
}

int TextFlow::Guess(size_t bytes) const {
  const float letters = std::max(2 * room_.width / std::max(room_.em, 1.0f), 1.0f);
  return 1 + static_cast<int>(static_cast<float>(bytes) / letters);
}

ByteRange TextFlow::Paragraph(size_t number) const {
  const size_t end = number + 1 < paragraphs_.size() ? paragraphs_[number + 1].begin - 1 : text_.size();
  return {paragraphs_[number].begin, end};
}

std::string_view TextFlow::TextOf(size_t number) const {
  const ByteRange range = Paragraph(number);
  return std::string_view(text_).substr(range.begin, range.end - range.begin);
}

const std::vector<Line>& TextFlow::LinesOf(size_t number) {
  const std::vector<Line>& lines = set_(TextOf(number));
  Known& known = paragraphs_[number];
  if (!known.set) ++newly_set_;
  known.set = true;
  known.lines = static_cast<int>(lines.size());
  return lines;
}

int TextFlow::Count(size_t number) {
  if (!paragraphs_[number].set) LinesOf(number);
  return paragraphs_[number].lines;
}

int64_t TextFlow::CountBefore(size_t number) const {
  int64_t lines = 0;
  for (size_t i = 0; i < std::min(number, paragraphs_.size()); ++i) lines += paragraphs_[i].lines;
  return lines;
}

size_t TextFlow::WithLine(int64_t line) const {
  size_t number = 0;
  while (number + 1 < paragraphs_.size() && line >= paragraphs_[number].lines) line -= paragraphs_[number++].lines;
  return number;
}

size_t TextFlow::ParagraphOf(size_t byte) const {
  const auto behind = std::upper_bound(paragraphs_.begin(), paragraphs_.end(), byte,
                                       [](size_t at, const Known& known) { return at < known.begin; });
  return static_cast<size_t>(behind - paragraphs_.begin()) - 1;
}

size_t TextFlow::LineWith(const std::vector<Line>& lines, Caret within) {
  size_t line = lines.size() - 1;
  while (line > 0 && lines[line].begin > within.byte) --line;
  if (within.behind && line > 0 && lines[line].begin == within.byte) --line;
  return line;
}

bool TextFlow::Step(size_t& paragraph, size_t& line, int64_t lines) {
  auto at = static_cast<int64_t>(line) + lines;
  while (at < 0) {
    if (paragraph == 0) return line = 0, false;
    at += Count(--paragraph);
  }
  while (at >= Count(paragraph)) {
    if (paragraph + 1 == paragraphs_.size()) {
      line = static_cast<size_t>(Count(paragraph) - 1);
      return false;
    }
    at -= Count(paragraph++);
  }
  line = static_cast<size_t>(at);
  return true;
}

Spot TextFlow::SpotOf(Caret caret) {
  const size_t paragraph = ParagraphOf(caret.byte);
  const Caret within{caret.byte - paragraphs_[paragraph].begin, caret.behind};
  const std::vector<Line>& lines = LinesOf(paragraph);
  const size_t line = LineWith(lines, within);
  return {paragraph, line, LeftOf(lines[line]) + XOf(Clusters(paragraph, lines[line]), within)};
}

Caret TextFlow::CaretIn(size_t paragraph, size_t line, float x) {
  const std::vector<Line>& lines = LinesOf(paragraph);
  const Line& in = lines[std::min(line, lines.size() - 1)];
  const Caret near = CaretNear(Clusters(paragraph, in), x - LeftOf(in)).value_or(Caret{in.begin, false});
  return {paragraphs_[paragraph].begin + near.byte, near.behind};
}

Caret TextFlow::Entered(size_t paragraph, size_t line, bool at_begin) {
  const std::vector<Line>& lines = LinesOf(paragraph);
  const Line& in = lines[line];
  const std::vector<Cluster> clusters = Clusters(paragraph, in);
  Caret entered{in.begin, false};
  if (!clusters.empty()) entered = at_begin != in.right_to_left ? clusters.front().AtLeft() : clusters.back().AtRight();
  return {paragraphs_[paragraph].begin + entered.byte, entered.behind};
}

Caret TextFlow::Beside(Caret caret, bool right) {
  const size_t paragraph = ParagraphOf(caret.byte), begin = paragraphs_[paragraph].begin;
  const Caret within{caret.byte - begin, caret.behind};
  const std::vector<Line>& lines = LinesOf(paragraph);
  const size_t number = LineWith(lines, within);
  const Line& line = lines[number];
  const std::vector<Cluster> clusters = Clusters(paragraph, line);
  const size_t edge = EdgeOf(clusters, within);
  const bool forward = right != Runs(line), last = number + 1 == lines.size();
  if (right ? edge < clusters.size() : edge > 0) {
    const Caret next = right ? clusters[edge].AtRight() : clusters[edge - 1].AtLeft();
    // The end of a line that is wrapped is the beginning of the next.
    const bool wraps = next.behind && next.byte == line.end && !last;
    return {begin + next.byte, next.behind && !wraps};
  }
  size_t on = paragraph, in = number;
  if (!Step(on, in, forward ? 1 : -1)) return caret;
  const Caret entered = Entered(on, in, forward);
  if (entered.byte != caret.byte) return entered;
  // The same place in the text: one further.
  const std::vector<Cluster> other = Clusters(on, LinesOf(on)[in]);
  if (other.empty()) return entered;
  const Caret next = right ? other.front().AtRight() : other.back().AtLeft();
  return {paragraphs_[on].begin + next.byte, next.behind};
}

std::optional<Caret> TextFlow::Below(Caret caret, int lines, float x) {
  const Spot spot = SpotOf(caret);
  size_t paragraph = spot.paragraph, line = spot.line;
  // A page may be cut short, a step may not.
  const bool there = Step(paragraph, line, lines);
  if (!there && paragraph == spot.paragraph && line == spot.line) return std::nullopt;
  return CaretIn(paragraph, line, x);
}

Caret TextFlow::LineBegin(Caret caret) {
  const Spot spot = SpotOf(caret);
  return {paragraphs_[spot.paragraph].begin + LinesOf(spot.paragraph)[spot.line].begin, false};
}

Caret TextFlow::LineEnd(Caret caret) {
  const Spot spot = SpotOf(caret);
  return {paragraphs_[spot.paragraph].begin + LinesOf(spot.paragraph)[spot.line].end, true};
}

bool TextFlow::RightToLeft(size_t byte) { return Runs(LinesOf(ParagraphOf(byte)).front()); }

}  // namespace daftar::text
