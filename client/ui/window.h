// The window on the desktop: GLFW, OpenGL 3.0 or 2.1, and the ImGui context that draws into it. One in a process; the
// main thread, except where said.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "client/ui/input_queue.h"
#include "client/ui/png.h"
#include "client/ui/sides.h"
#include "client/ui/text/glyph_atlas.h"
#include "storage/base/status.h"

struct GLFWwindow;
struct ImGuiContext;

namespace daftar::ui {

struct WindowOptions {
  std::string title = "Daftar";
  int width = 1280, height = 820;  // at scale 1
  bool old_opengl = false;         // do not even try OpenGL 3
};

// Where the mouse is and what is done with it. Pixels of the window.
struct MouseState {
  float x = 0, y = 0;
  bool pressed = false;
  float wheel = 0;  // lines upwards
};

class Window {
 public:
  // Unavailable if there is no display, or neither OpenGL 3.0 nor 2.1; the message says what to do.
  static StatusOr<std::unique_ptr<Window>> Open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  bool should_close() const;
  // False while nobody can see it.
  bool visible() const;
  // How much larger than usual the display wants everything; never below 1.
  float content_scale() const;
  // "OpenGL 3.0" or "OpenGL 2.1".
  const std::string& drawn_with() const { return drawn_with_; }

  // Waits for input, for Wake, or so many seconds; 0 only looks. True if there was input.
  bool Wait(double seconds);
  // Ends a wait. Any thread, while the window exists.
  static void Wake();
  // As if the reader did it, for measurements: a key that the next frame takes; the mouse, as it is from then on, its
  // wheel for one frame.
  void Pretend(const KeyEvent& event) { keys_.Push(event); }
  void Pretend(const MouseState& mouse);

  // A frame: Begin, draw with ImGui, End; then OpenGL shows it, unless the screen shows the very same already.
  // `picture`: also gives what was drawn.
  void BeginFrame(Sides& sides);
  void EndFrame(Sides& sides);
  void Show(const float paper[3], Picture* picture);
  // The font atlas has been built anew.
  void RenewFonts();
  // A part of it has been painted.
  void ShowPainted(const text::PixelRect& rect);

 private:
  Window(GLFWwindow* window, ImGuiContext* context, bool old_opengl);
  void ListenForInput();
  // Says that something happened to the window, and its picture may be gone.
  void Touched() { had_input_ = worn_ = true; }

  GLFWwindow* const window_;
  ImGuiContext* const context_;
  const bool old_opengl_;
  const std::string drawn_with_;
  bool had_input_ = false;
  InputQueue keys_;
  std::optional<MouseState> pretended_;
  bool acted_ = false;  // as pretended, since the last Wait
  bool worn_ = true;    // what is on the screen may be something else than what was last shown
  uint64_t shown_ = 0;  // what was, as a number
};

}  // namespace daftar::ui
