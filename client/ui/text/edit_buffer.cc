// How a text changes. How its caret moves: edit_motion.cc.
#include "client/ui/text/edit_buffer.h"

#include <algorithm>
#include <utility>

#include "client/ui/text/clean_text.h"

namespace daftar::text {
namespace {

using Kind = UndoHistory::Kind;

constexpr std::string_view kNonJoiner = "\u200C";

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t'; }

// Where a place comes to stand when [begin, begin + removed) becomes so many bytes. `behind`: one inside goes behind
// what is new.
size_t Moved(size_t byte, size_t begin, size_t removed, size_t inserted, bool behind) {
  if (byte >= begin + removed) return byte - removed + inserted;
  if (byte <= begin) return byte;
  return behind ? begin + inserted : begin;
}

}  // namespace

EditBuffer::EditBuffer(size_t most_bytes, size_t most_undo_bytes)
    : most_bytes_(most_bytes), history_(most_undo_bytes) {}

void EditBuffer::Reset(std::string_view text) {
  text_ = ShownText(text);
  ++revision_;
  now_ = {text_.size(), {text_.size(), true}};
  wanted_x_.reset();
  pressed_ = {};
  press_times_ = 0;
  marks_.clear();
  history_.Clear();
}

ByteRange EditBuffer::selection() const {
  return {std::min(now_.anchor, now_.caret.byte), std::max(now_.anchor, now_.caret.byte)};
}

std::string EditBuffer::selected() const {
  const ByteRange range = selection();
  return text_.substr(range.begin, range.end - range.begin);
}

ByteRange EditBuffer::ParagraphAt(size_t byte) const {
  const size_t before = byte == 0 ? std::string::npos : text_.rfind('\n', byte - 1);
  const size_t end = text_.find('\n', byte);
  return {before == std::string::npos ? 0 : before + 1, end == std::string::npos ? text_.size() : end};
}

size_t EditBuffer::Snap(size_t byte) {
  byte = std::min(byte, text_.size());
  while (byte < text_.size() && (static_cast<unsigned char>(text_[byte]) & 0xC0) == 0x80) ++byte;
  const ByteRange all = ParagraphAt(byte);
  const std::string_view paragraph = std::string_view(text_).substr(all.begin, all.end - all.begin);
  return characters_.At(paragraph, byte - all.begin) ? byte
                                                     : all.begin + characters_.After(paragraph, byte - all.begin);
}

void EditBuffer::Apply(size_t begin, size_t removed, std::string_view inserted) {
  text_.replace(begin, removed, inserted);
  ++revision_;
  for (LabelledRange& mark : marks_) {
    // What is typed at its edges does not belong to it.
    mark.range.begin = Moved(mark.range.begin, begin, removed, inserted.size(), true);
    mark.range.end =
        mark.range.end <= begin ? mark.range.end : Moved(mark.range.end, begin, removed, inserted.size(), false);
  }
  std::erase_if(marks_, [](const LabelledRange& mark) { return mark.range.begin >= mark.range.end; });
}

EditBuffer::Outcome EditBuffer::Replace(ByteRange range, std::string_view clean, Kind kind, int64_t now_ms) {
  const std::string_view all = text_;
  size_t from = range.begin;
  const size_t to = ComposingEnd(all, range.end);
  if (ComposesBackwards(clean.empty() ? all.substr(range.end) : clean)) from = ComposingBegin(all, from);
  const std::string before = std::string(all.substr(from, range.begin - from)).append(clean);
  TextEdit edit{from, text_.substr(from, to - from), {}};
  edit.inserted = Composed(before + std::string(all.substr(range.end, to - range.end)));
  if (edit.inserted == edit.removed) {
    MoveTo({range.end, true}, false);
    return Outcome::kNothing;
  }
  const size_t size = text_.size() - edit.removed.size() + edit.inserted.size();
  if (size > most_bytes_ && size > text_.size()) return Outcome::kTooLong;

  Apply(from, edit.removed.size(), edit.inserted);
  const Selection was = now_;
  const size_t at = Snap(from + (to == range.end ? edit.inserted.size() : Composed(before).size()));
  now_ = {at, {at, true}};
  wanted_x_.reset();
  // Behind a word what is typed comes to an end.
  const bool ends = !clean.empty() && IsSpace(clean.back()) && range.begin > 0 && !IsSpace(text_[range.begin - 1]);
  history_.Add({std::move(edit), was, now_, kind, now_ms}, kind == Kind::kOther || ends);
  return Outcome::kDone;
}

EditBuffer::Outcome EditBuffer::Insert(std::string_view text, bool typed, int64_t now_ms) {
  const std::optional<std::string> clean = CleanText(text);
  if (!clean) return Outcome::kNotText;
  if (clean->empty()) return Outcome::kNothing;
  return Replace(selection(), *clean, typed ? Kind::kTyping : Kind::kOther, now_ms);
}

EditBuffer::Outcome EditBuffer::Erase(Erasing what, int64_t now_ms) {
  ByteRange range = selection();
  const bool selected = range.begin < range.end;
  if (!selected) {
    const size_t byte = now_.caret.byte;
    if (what == Erasing::kCharacterBefore) range.begin = CharacterBefore(byte);
    if (what == Erasing::kCharacterBehind) range.end = CharacterBehind(byte);
    if (what == Erasing::kWordBefore) range.begin = WordBefore(byte);
    if (what == Erasing::kWordBehind) range.end = WordBehind(byte);
    const std::string_view erased = std::string_view(text_).substr(range.begin, range.end - range.begin);
    if (what == Erasing::kCharacterBefore && erased.ends_with(kNonJoiner)) range.begin = range.end - kNonJoiner.size();
  }
  if (range.begin == range.end) return Outcome::kNothing;
  return Replace(range, "", selected ? Kind::kOther : Kind::kErasing, now_ms);
}

void EditBuffer::Copy(Clipboard& clipboard) const {
  if (const std::string words = selected(); !words.empty()) clipboard.Set(words);
}

EditBuffer::Outcome EditBuffer::Cut(Clipboard& clipboard, int64_t now_ms) {
  const ByteRange range = selection();
  if (range.begin == range.end) return Outcome::kNothing;
  Copy(clipboard);
  return Replace(range, "", Kind::kOther, now_ms);
}

EditBuffer::Outcome EditBuffer::Paste(Clipboard& clipboard, int64_t now_ms) {
  return Insert(clipboard.Get(), false, now_ms);
}

EditBuffer::Outcome EditBuffer::Undo() {
  const UndoHistory::Step* step = history_.Undo();
  if (step == nullptr) return Outcome::kNothing;
  Apply(step->edit.begin, step->edit.inserted.size(), step->edit.removed);
  now_ = step->before;
  wanted_x_.reset();
  return Outcome::kDone;
}

EditBuffer::Outcome EditBuffer::Redo() {
  const UndoHistory::Step* step = history_.Redo();
  if (step == nullptr) return Outcome::kNothing;
  Apply(step->edit.begin, step->edit.removed.size(), step->edit.inserted);
  now_ = step->after;
  wanted_x_.reset();
  return Outcome::kDone;
}

void EditBuffer::set_marks(std::vector<LabelledRange> marks) {
  marks_ = std::move(marks);
  for (LabelledRange& mark : marks_) mark.range = {Snap(mark.range.begin), Snap(mark.range.end)};
  std::erase_if(marks_, [](const LabelledRange& mark) { return mark.range.begin >= mark.range.end; });
}

}  // namespace daftar::text
