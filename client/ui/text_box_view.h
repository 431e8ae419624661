// One frame of a text box: what text_box.cc, text_box_input.cc and text_box_draw.cc share. The UI thread.
//
// Places in lines are as they are seen; a window from right to left is laid out from left to right and turned over
// (sides.h), so Layout() stands between the two.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/ui/text_box.h"
#include "imgui_internal.h"

namespace daftar::ui {

class TextBoxView {
 public:
  TextBoxView(Ui& ui, TextBoxState& state, const TextBoxOptions& options);
  // True when the text has changed.
  bool Draw(std::string_view label);

 private:
  using Outcome = text::EditBuffer::Outcome;

  // Lines anew, where the text is another.
  void Update();
  // How many lines are seen at once.
  int Rows();
  void TakeKeyboard();
  void HandleFocus();
  bool active() const { return ImGui::GetActiveID() == id_; }
  float view() const { return static_cast<float>(rows_) * pitch_; }
  bool Overflows();

  // Scrolled by so many pixels, as far as there is text.
  void Scroll(float pixels);
  void ScrollToCaret();

  void HandleKeyboard();
  void HandleTyping();
  void HandleErasing();
  void HandleClipboard();
  void HandleMotion();
  void HandleMouse();
  void HandleWheel();
  void DragBar();
  void Do(Outcome outcome);
  void Acted();
  text::Caret CaretAtMouse();

  void DrawPaper();
  void DrawLines();
  void DrawLine(size_t paragraph, size_t number, const text::Line& line, float y);
  // Behind the words of a range; the leftmost end of what was drawn, or nullopt.
  std::optional<float> DrawRange(const std::vector<text::Cluster>& clusters, const text::Line& line,
                                 text::ByteRange range, float y, const ImVec4& colour, bool underlined);
  void DrawLabels(std::vector<std::pair<float, const std::string*>> labels, float y);
  void DrawCaret();
  void DrawBar();
  void DrawNotice();
  void RecordMarks();
  // Of the layout: what is seen from `from` to `to`, in pixels from the left edge of all lines.
  std::pair<float, float> Layout(float from, float to) const;

  Ui& ui_;
  TextBoxState& state_;
  const TextBoxOptions& options_;
  const bool turned_;
  const ImGuiID id_;
  ImGuiWindow* const window_;
  float width_ = 0;              // of the lines
  float label_ = 0, pitch_ = 1;  // heights: of the labels under a line, and from line to line
  int rows_ = 1;
  ImRect box_;
  ImVec2 inner_;  // where the first line begins
  bool hovered_ = false;
  bool follow_ = false;  // the caret was moved, and is to be seen
};

}  // namespace daftar::ui
