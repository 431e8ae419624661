// Text from right to left in a field that ImGui edits. ImGui draws such text unjoined and the wrong way round; here it
// is hidden while the field is laid out, and drawn over it with its caret and selection, where a click also puts them.
// So is all text in a window that is turned over (sides.h).
// The UI thread.
#pragma once

#include <string>

#include "client/ui/fonts.h"
#include "client/ui/theme.h"
#include "imgui.h"

namespace daftar::ui {

// Make one before the field of one line, and call Draw after it.
class TypedText {
 public:
  // `value` outlives it. Does nothing for text that runs from left to right, unless the window is turned over.
  TypedText(Fonts& fonts, const Theme& theme, const std::string& value, bool turned);
  ~TypedText();
  TypedText(const TypedText&) = delete;
  TypedText& operator=(const TypedText&) = delete;

  // Right after the field, as long as it is ImGui's last item.
  void Draw();

 private:
  // ImGui's own drawing and keys as they were.
  void Restore();

  Fonts& fonts_;
  const Theme& theme_;
  const std::string& value_;
  const bool turned_;
  const bool shaped_;
  bool mirrored_ = false;  // the arrow keys have changed places: left leads on
  bool hidden_ = false;
};

}  // namespace daftar::ui
