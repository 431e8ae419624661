#include "client/ui/text_marks.h"

#include <algorithm>
#include <utility>

namespace daftar::ui {

void TextMarks::BeginFrame() {
  drawn_.clear();
  found_ = 0;
  sought_.clear();
}

void TextMarks::BeginSeeking(std::string sought, size_t current) {
  sought_ = std::move(sought);
  current_ = current;
  found_ = 0;
}

std::vector<TextMark> TextMarks::Next(std::string_view text) {
  std::vector<TextMark> marks;
  if (sought_.empty()) return marks;
  for (const text::ByteRange& range : text::FindAll(text, sought_)) {
    marks.push_back({range, found_ == current_ ? TextMark::What::kCurrent : TextMark::What::kFound});
    ++found_;
  }
  return marks;
}

std::vector<TextMark> TextMarks::NextParagraph(std::string_view text, std::string& paragraph) {
  paragraph = text;
  paragraph += '\n' + std::to_string(drawn_[std::string(text)]++);
  std::vector<TextMark> marks = Next(text);
  if (selection_ && selection_->paragraph == paragraph && selection_->all.begin < selection_->all.end)
    marks.insert(marks.begin(), {selection_->all, TextMark::What::kSelected});
  return marks;
}

void TextMarks::Press(const std::string& paragraph, std::string_view text, size_t byte, int times) {
  text::ByteRange range{byte, byte};
  if (times == 2) range = text::WordAt(text, byte);
  if (times > 2) range = {0, text.size()};
  selection_ = {paragraph, std::string(text), range, range};
  dragging_ = true;
}

void TextMarks::Drag(const std::string& paragraph, size_t byte) {
  if (!dragging_ || !selection_ || selection_->paragraph != paragraph) return;
  text::ByteRange to{byte, byte};
  // By words, if it began with one.
  if (selection_->first.begin < selection_->first.end) to = text::WordAt(selection_->text, byte);
  selection_->all = {std::min(selection_->first.begin, to.begin), std::max(selection_->first.end, to.end)};
}

std::string TextMarks::selected() const {
  if (!selection_) return "";
  return selection_->text.substr(selection_->all.begin, selection_->all.end - selection_->all.begin);
}

}  // namespace daftar::ui
