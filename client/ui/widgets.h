// The widgets that panels are made of. Each draws itself in the theme, shows data as it is (never as a format string or
// an ImGui label) and records itself in the registry. One per window; the UI thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "client/model/row.h"
#include "client/ui/fonts.h"
#include "client/ui/registry.h"
#include "client/ui/sides.h"
#include "client/ui/tab_order.h"
#include "client/ui/text_marks.h"
#include "client/ui/theme.h"

namespace daftar::ui {

// How text looks.
struct TextStyle {
  Face face = Face::kBody;
  const ImVec4* colour = nullptr;  // nullptr: the theme's text
};

struct FieldOptions {
  std::string hint;          // shown while the field is empty
  bool long_text = false;    // several lines
  bool focus = false;        // takes the keyboard now
  bool keep_arrows = false;  // Up and Down do not lead out of it
  // Another number: the value has been replaced from outside, and what is being typed is given up.
  int generation = 0;
  float width = 0;  // 0: all there is
};

struct TextBoxOptions;
struct TextBoxState;

class Ui {
 public:
  Ui(Registry& registry, Theme theme);
  ~Ui();

  // The registry then holds what follows.
  void BeginFrame();
  // They outlive it, or what is set next does.
  void set_fonts(Fonts* fonts) { fonts_ = fonts; }
  void set_theme(const Theme& theme) { theme_ = theme; }
  const Theme& theme() const { return theme_; }
  Fonts& fonts() const { return *fonts_; }
  Registry& registry() { return registry_; }
  TabOrder& tab_order() { return tab_order_; }
  // What is sought and selected in what is drawn.
  TextMarks& marks() { return marks_; }
  // The one that is marked most is scrolled to when it is drawn.
  void BringCurrentMark() { bring_mark_ = true; }
  // At which side the window begins.
  Sides& sides() { return sides_; }
  // What is drawn in that box until EndAsIs keeps its left and right in every language: a map, not a table.
  void BeginAsIs(ImVec2 low, ImVec2 high);
  void EndAsIs();
  // A length for the screen from one at scale 1.
  float Px(float length) const { return length * fonts_->scale(); }

  // Text, wrapped to `width` (0: what there is). Links in it lead to their addresses.
  void Text(std::string_view text, TextStyle style = {}, float width = 0);
  // A paragraph that runs from right to left begins at the right.
  void Rich(std::string_view text, std::span<const PageLink> links, TextStyle style = {}, float width = 0);
  // One line, cut with an ellipsis where it would be wider than `width`.
  void Line(std::string_view text, TextStyle style, float width);
  // A heading, known to the registry.
  void Heading(std::string_view text, Face face = Face::kHeading);
  // Words in a coloured capsule, with a sign before them.
  void Mark(std::string_view words, const ImVec4& text, const ImVec4& paper);
  float MarkWidth(std::string_view words) const;

  // The next thing, of that width, stands beside the last one if there is room, else below it.
  void Beside(float width, float gap = 8);
  float ButtonWidth(std::string_view label) const { return Measure(label).x + Px(26); }
  bool Button(std::string_view label, bool enabled = true, bool primary = false, std::string_view help = "");
  // True when chosen; the address is for the registry. No wider than `width`, if that is not 0.
  bool LinkText(std::string_view label, std::string_view address, TextStyle style = {}, float width = 0);
  // A row to be chosen as a whole, of the given height; whatever is drawn on it comes after, from `top_left`.
  struct RowPlace {
    bool chosen = false;
    ImVec2 top_left, size;
  };
  RowPlace Row(std::string_view id, std::string_view label, float height, bool selected);
  // Draws one line of text at a place, no wider than `width`; nothing is laid out.
  void TextAt(ImVec2 at, std::string_view text, TextStyle style, float width) const;
  ImVec2 Measure(std::string_view text, Face face = Face::kBody) const;

  // A line or box to type into. True when its text has changed.
  bool Field(std::string_view label, std::string& value, const FieldOptions& options);
  // A box of several lines to edit text in, in every script: see text_box.h. True when its text has changed.
  bool TextBox(std::string_view label, TextBoxState& state, const TextBoxOptions& options);
  // One of a code list. True when another was chosen.
  struct Option {
    std::string code, words;
    std::string help = {};  // what it means, shown beside it
  };
  bool Choice(std::string_view label, std::string& code, std::span<const Option> options);

  // Round what ImGui drew last, while the keyboard is there.
  void FocusRing();
  // Shows help for what was drawn last while the mouse is over it.
  void Help(std::string_view text);
  // Text beside the mouse, no wider than that.
  void Tooltip(std::string_view text, TextStyle style, float width);
  // An address that a link led to in this frame.
  struct Opened {
    std::string address;
    bool beside = false;  // with Ctrl, or the middle button: in a tab of its own
  };
  std::optional<Opened> TakeOpened();
  void Open(std::string address);
  // A record to be looked at without leaving the page: Space on its row or link.
  std::optional<std::string> TakePreviewed();
  // The record whose row or link has the keyboard; and the one under the mouse. Of this frame; empty: none.
  const std::string& focused_record() const { return focused_record_; }
  const std::string& hovered_record() const { return hovered_record_; }

  // Records what ImGui drew last; one that can be pressed or typed into has its place in the tab order.
  void Record(Role role, std::string_view label, std::string_view value, bool enabled = true);

 private:
  friend class RichText;
  // A link over an area that is laid out here, whose words are drawn by whoever calls.
  bool LinkArea(std::string_view label, std::string_view address, ImVec2 size, const ImVec4& colour);
  const ImVec4& ColourOf(const TextStyle& style) const { return style.colour != nullptr ? *style.colour : theme_.text; }

  // A text box whose state is kept here, as long as it is drawn in every frame.
  struct LongFieldState;
  bool LongField(std::string_view label, std::string& value, const FieldOptions& options);
  void ForgetLongFields();
  // A row or link was chosen: true if it is to be opened, false if Space asks for a look at it.
  bool OpensRecord(std::string_view address, bool chosen);
  void DrawMarks(ImVec2 at, const text::Line& line, Face face, const std::vector<TextMark>& marks) const;

  Registry& registry_;
  TabOrder tab_order_;
  Sides sides_;
  Theme theme_;
  Fonts* fonts_ = nullptr;
  std::optional<Opened> opened_;
  std::optional<std::string> previewed_;
  std::string focused_record_, hovered_record_;
  mutable TextMarks marks_;                     // drawing counts what it finds
  mutable bool bring_mark_ = false;             // until it is drawn
  std::unordered_map<std::string, int> links_;  // of this frame: how often each address was drawn
  std::unordered_map<ImGuiID, std::unique_ptr<LongFieldState>> long_fields_;
};

}  // namespace daftar::ui
