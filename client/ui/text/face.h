// The faces of the screen.
#pragma once

namespace daftar::ui {

enum class Face { kBody, kBold, kSmall, kHeading, kTitle };
inline constexpr int kFaces = 5;

}  // namespace daftar::ui
