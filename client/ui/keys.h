// Key numbers as GLFW counts them, by place on the keyboard and so the same in every layout. Free of GLFW itself, so
// that tests can press them without a window.
#pragma once

namespace daftar::ui::keys {

inline constexpr int kComma = 44, kMinus = 45, kZero = 48, kEqual = 61;
inline constexpr int kA = 65, kC = 67, kD = 68, kE = 69, kF = 70, kH = 72, kJ = 74, kK = 75, kL = 76, kN = 78, kP = 80,
                     kR = 82;
inline constexpr int kS = 83, kT = 84, kV = 86, kW = 87, kX = 88, kY = 89, kZ = 90;
inline constexpr int kOne = 49, kPageUp = 266, kPageDown = 267;
inline constexpr int kSpace = 32, kEscape = 256, kEnter = 257, kTab = 258, kBackspace = 259;
inline constexpr int kInsert = 260, kDelete = 261;
inline constexpr int kRight = 262, kLeft = 263, kDown = 264, kUp = 265;
inline constexpr int kHome = 268, kEnd = 269;
inline constexpr int kF1 = 290, kF3 = 292, kF5 = 294, kF6 = 295, kF7 = 296, kF8 = 297, kF9 = 298;
inline constexpr int kPadZero = 320, kPadMinus = 333, kPadPlus = 334, kPadEnter = 335;

// For ImGui's map of keys: it does not see Tab, which TabOrder is for.
inline constexpr int kNoTab = -1;

// Buttons of the mouse beside the thumb.
inline constexpr int kMouseBack = 3, kMouseForward = 4;

}  // namespace daftar::ui::keys
