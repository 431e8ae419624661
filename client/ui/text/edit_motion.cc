// How the caret of an EditBuffer moves, and what is selected.
#include <algorithm>

#include "client/ui/text/edit_buffer.h"

namespace daftar::text {
namespace {

bool IsBlank(std::string_view words) {
  // U+00A0 has these two bytes.
  return words.find_first_not_of(" \t\n") == std::string_view::npos || words == "\u00A0";
}

}  // namespace

size_t EditBuffer::CharacterBehind(size_t byte) {
  const ByteRange all = ParagraphAt(byte);
  if (byte == all.end) return std::min(byte + 1, text_.size());
  return all.begin +
         characters_.After(std::string_view(text_).substr(all.begin, all.end - all.begin), byte - all.begin);
}

size_t EditBuffer::CharacterBefore(size_t byte) {
  const ByteRange all = ParagraphAt(byte);
  if (byte == all.begin) return byte == 0 ? 0 : byte - 1;
  return all.begin +
         characters_.Before(std::string_view(text_).substr(all.begin, all.end - all.begin), byte - all.begin);
}

size_t EditBuffer::WordBehind(size_t byte) {
  const ByteRange all = ParagraphAt(byte);
  if (byte == all.end) return std::min(byte + 1, text_.size());
  const std::string_view paragraph = std::string_view(text_).substr(all.begin, all.end - all.begin);
  size_t at = words_.After(paragraph, byte - all.begin);
  while (at < paragraph.size()) {
    const size_t next = words_.After(paragraph, at);
    if (!IsBlank(paragraph.substr(at, next - at))) break;
    at = next;
  }
  // A word may begin inside what a reader counts as one character.
  return Snap(all.begin + at);
}

size_t EditBuffer::WordBefore(size_t byte) {
  const ByteRange all = ParagraphAt(byte);
  if (byte == all.begin) return byte == 0 ? 0 : byte - 1;
  const std::string_view paragraph = std::string_view(text_).substr(all.begin, all.end - all.begin);
  size_t at = byte - all.begin;
  bool blank = true;
  while (at > 0 && blank) {
    const size_t next = words_.Before(paragraph, at);
    blank = IsBlank(paragraph.substr(next, at - next));
    at = next;
  }
  const size_t snapped = Snap(all.begin + at);
  return snapped < byte ? snapped : CharacterBefore(byte);
}

void EditBuffer::MoveTo(Caret caret, bool select) {
  now_.caret = {Snap(caret.byte), caret.behind};
  if (!select) now_.anchor = now_.caret.byte;
  wanted_x_.reset();
  history_.Close();
}

void EditBuffer::MoveLines(int lines, bool select, LineMap& map) {
  const float x = wanted_x_.value_or(map.SpotOf(now_.caret).x);
  const std::optional<Caret> below = map.Below(now_.caret, lines, x);
  const Caret end = lines < 0 ? Caret{} : Caret{text_.size(), true};
  MoveTo(below.value_or(end), select);
  wanted_x_ = x;
}

void EditBuffer::MoveAside(bool right, bool select, LineMap& map) {
  const ByteRange range = selection();
  if (select || range.begin == range.end) return MoveTo(map.Beside(now_.caret, right), select);
  // What was selected is left at that side of it.
  const Caret begin{range.begin, false}, end{range.end, true};
  const Spot from = map.SpotOf(begin), to = map.SpotOf(end);
  const bool one_line = from.paragraph == to.paragraph && from.line == to.line;
  const bool end_is_right = one_line ? to.x > from.x : !map.RightToLeft(now_.caret.byte);
  MoveTo(end_is_right == right ? end : begin, false);
}

void EditBuffer::Move(Motion motion, bool select, LineMap& lines) {
  const Caret caret = now_.caret;
  switch (motion) {
    case Motion::kLeft:
    case Motion::kRight:
      return MoveAside(motion == Motion::kRight, select, lines);
    case Motion::kWordLeft:
    case Motion::kWordRight:
      if ((motion == Motion::kWordRight) != lines.RightToLeft(caret.byte))
        // What is selected ends on the screen where the caret is.
        return MoveTo({WordBehind(caret.byte), select}, select);
      return MoveTo({WordBefore(caret.byte), false}, select);
    case Motion::kUp:
    case Motion::kDown:
      return MoveLines(motion == Motion::kUp ? -1 : 1, select, lines);
    case Motion::kPageUp:
    case Motion::kPageDown:
      return MoveLines(motion == Motion::kPageUp ? -lines.Page() : lines.Page(), select, lines);
    case Motion::kLineBegin:
      return MoveTo(lines.LineBegin(caret), select);
    case Motion::kLineEnd:
      return MoveTo(lines.LineEnd(caret), select);
    case Motion::kTextBegin:
      return MoveTo({}, select);
    case Motion::kTextEnd:
      return MoveTo({text_.size(), true}, select);
  }
}

void EditBuffer::SelectAll() { Select({0, text_.size()}); }

void EditBuffer::Select(ByteRange range) {
  MoveTo({range.begin, false}, false);
  MoveTo({range.end, true}, true);
}

ByteRange EditBuffer::UnitAt(size_t byte) const {
  const ByteRange all = ParagraphAt(byte);
  if (press_times_ < 2) return {byte, byte};
  if (press_times_ > 2) return all;
  const std::string_view paragraph = std::string_view(text_).substr(all.begin, all.end - all.begin);
  const ByteRange word = WordAt(paragraph, byte - all.begin);
  return {all.begin + word.begin, all.begin + word.end};
}

void EditBuffer::Press(Caret caret, int times) {
  press_times_ = times;
  // The end of a letter that was pressed on belongs to that letter.
  const size_t byte = Snap(caret.byte);
  pressed_ = UnitAt(caret.behind && times > 1 ? CharacterBefore(byte) : byte);
  if (times < 2) {
    MoveTo(caret, false);
  } else {
    Select(pressed_);
  }
}

void EditBuffer::PressOn(Caret caret) {
  press_times_ = 1;
  pressed_ = {now_.anchor, now_.anchor};
  MoveTo(caret, true);
}

void EditBuffer::Drag(Caret caret) {
  // What was typed meanwhile may have made it shorter.
  pressed_ = {std::min(pressed_.begin, text_.size()), std::min(pressed_.end, text_.size())};
  const ByteRange to = UnitAt(Snap(caret.byte));
  const bool back = to.begin < pressed_.begin;
  MoveTo({back ? pressed_.end : pressed_.begin, false}, false);
  if (press_times_ < 2) return MoveTo(caret, true);
  MoveTo(back ? Caret{to.begin, false} : Caret{std::max(to.end, pressed_.end), true}, true);
}

}  // namespace daftar::text
