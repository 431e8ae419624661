// Whether what is to be drawn would be seen: most of a page is scrolled away. The UI thread.
#pragma once

#include "imgui.h"

namespace daftar::ui {

// Of a line of text whose letters lie between `top` and `top + height`: some reach beyond that.
inline bool IsLineSeen(const ImDrawList& list, float top, float height) {
  return top - height < list.GetClipRectMax().y && top + 2 * height > list.GetClipRectMin().y;
}

}  // namespace daftar::ui
