// Ui::Rich: words set in lines, links among them.
#include <algorithm>
#include <vector>

#include "client/ui/arabic.h"
#include "client/ui/widgets.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// A stretch of text that is one link, or none.
struct Stretch {
  std::string_view text;
  const PageLink* link = nullptr;
};

// Finds the links in the order in which they stand in the text.
std::vector<Stretch> Stretches(std::string_view text, std::span<const PageLink> links) {
  std::vector<Stretch> out;
  size_t at = 0;
  for (const PageLink& link : links) {
    if (link.empty() || link.address.empty()) continue;
    size_t found = text.find(link.text, at);
    if (found == std::string_view::npos) continue;
    if (found > at) out.push_back({text.substr(at, found - at)});
    out.push_back({text.substr(found, link.text.size()), &link});
    at = found + link.text.size();
  }
  if (at < text.size()) out.push_back({text.substr(at)});
  return out;
}

// The length in bytes of the character that begins there.
size_t CharacterLength(std::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

}  // namespace

// Sets text into lines of a width and draws them; what lies on one line and belongs together is drawn in one go, so
// that right-to-left words keep their order.
class RichText {
 public:
  RichText(Ui& ui, TextStyle style, float width)
      : ui_(ui), style_(style), font_(ui.fonts().of(style.face)), width_(width), origin_(ImGui::GetCursorScreenPos()) {}

  void Add(const Stretch& stretch) {
    size_t at = 0;
    while (at < stretch.text.size()) {
      if (stretch.text[at] == '\n') {
        Flush();
        NewLine();
        ++at;
        continue;
      }
      size_t end = stretch.text.find_first_of(" \n", at);
      end = end == std::string_view::npos ? stretch.text.size() : end;
      // The spaces after a word belong to it, but may hang over the edge.
      size_t spaces = end;
      while (spaces < stretch.text.size() && stretch.text[spaces] == ' ') ++spaces;
      AddWord(stretch.text.substr(at, end - at), stretch.text.substr(end, spaces - end), stretch.link);
      at = spaces;
    }
    Flush();
  }

  // Lays out the space that was taken.
  void Finish() {
    ImGui::SetCursorScreenPos(origin_);
    ImGui::Dummy({std::max(widest_, 1.0f), y_ + LineHeight()});
  }

 private:
  float LineHeight() const { return font_->FontSize * 1.32f; }
  float Measure(std::string_view text) const { return ui_.Measure(text, style_.face).x; }

  void AddWord(std::string_view word, std::string_view spaces, const PageLink* link) {
    float here = x_ + run_width_;
    if (here > 0 && here + Measure(word) > width_) {
      Flush();
      NewLine();
    }
    while (Measure(word) > width_ && word.size() > 1) word.remove_prefix(BreakWord(word, link));
    link_ = link;
    run_.append(word).append(spaces);
    run_width_ = Measure(run_);
  }

  // Draws as much of a word as fits on a line. Returns its length.
  size_t BreakWord(std::string_view word, const PageLink* link) {
    size_t fits = CharacterLength(word, 0);
    while (fits < word.size()) {
      size_t next = fits + CharacterLength(word, fits);
      if (Measure(word.substr(0, next)) > width_) break;
      fits = next;
    }
    link_ = link;
    run_ = std::string(word.substr(0, fits));
    run_width_ = Measure(run_);
    Flush();
    NewLine();
    return fits;
  }

  void NewLine() {
    x_ = 0;
    y_ += LineHeight();
  }

  // Draws the run.
  void Flush() {
    if (run_.empty()) return;
    ImVec2 at{origin_.x + x_, origin_.y + y_};
    if (link_ == nullptr) {
      ui_.TextAt(at, run_, style_, 0);
    } else {
      ImGui::SetCursorScreenPos(at);
      TextStyle style{style_.face, &ui_.theme().link};
      if (ui_.LinkText(run_, link_->address, style)) ui_.Open(link_->address);
    }
    x_ += run_width_;
    widest_ = std::max(widest_, x_);
    run_.clear();
    run_width_ = 0;
  }

  Ui& ui_;
  const TextStyle style_;
  ImFont* const font_;
  const float width_;
  const ImVec2 origin_;
  float x_ = 0, y_ = 0, widest_ = 0;
  std::string run_;
  float run_width_ = 0;
  const PageLink* link_ = nullptr;
};

void Ui::Rich(std::string_view text, std::span<const PageLink> links, TextStyle style, float width) {
  if (width <= 0) width = ImGui::GetContentRegionAvail().x;
  RichText lines(*this, style, std::max(width, Px(40)));
  for (const Stretch& stretch : Stretches(text, links)) lines.Add(stretch);
  lines.Finish();
  Record(Role::kText, text, "");
}

void Ui::Text(std::string_view text, TextStyle style, float width) { Rich(text, {}, style, width); }

}  // namespace daftar::ui
