// The window on the desktop: GLFW, OpenGL 3.0 or 2.1, and the ImGui context that draws into it. One in a process; the
// main thread, except where said.
#pragma once

#include <memory>
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

  // A frame: Begin, draw with ImGui, End. `picture`: also gives what was drawn.
  void BeginFrame(Sides& sides);
  void EndFrame(Sides& sides, const float paper[3], Picture* picture);
  // The font atlas has been built anew.
  void RenewFonts();
  // A part of it has been painted.
  void ShowPainted(const text::PixelRect& rect);

 private:
  Window(GLFWwindow* window, ImGuiContext* context, bool old_opengl);
  void ListenForInput();

  GLFWwindow* const window_;
  ImGuiContext* const context_;
  const bool old_opengl_;
  const std::string drawn_with_;
  bool had_input_ = false;
  InputQueue keys_;
};

}  // namespace daftar::ui
