#include "client/ui/window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "backends/imgui_impl_glfw.h"
#include "backends/imgui_impl_opengl2.h"
#include "backends/imgui_impl_opengl3.h"
#include "client/language/language.h"
#include "client/ui/keys.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

std::string LastGlfwError() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words != nullptr ? words : "no reason given";
}

GLFWwindow* CreateWindow(const WindowOptions& options, int major, int minor) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, major);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, minor);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "daftar");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "daftar");
  return glfwCreateWindow(options.width, options.height, options.title.c_str(), nullptr, nullptr);
}

uint64_t Mixed(uint64_t number, const void* data, size_t size) {
  const size_t more = std::hash<std::string_view>()({static_cast<const char*>(data), size});
  return (number ^ more) * 0x9E3779B97F4A7C15 + 1;
}

// All that a frame is drawn from: another number, another picture.
uint64_t NumberOf(const ImDrawData& data, const float paper[3]) {
  uint64_t number = Mixed(0, paper, 3 * sizeof(float));
  number = Mixed(number, &data.DisplaySize, sizeof(data.DisplaySize));
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    number = Mixed(number, list.VtxBuffer.Data, static_cast<size_t>(list.VtxBuffer.size_in_bytes()));
    number = Mixed(number, list.IdxBuffer.Data, static_cast<size_t>(list.IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list.CmdBuffer) {
      number = Mixed(number, &command.ClipRect, sizeof(command.ClipRect));
      number = Mixed(number, &command.ElemCount, sizeof(command.ElemCount));
      number = Mixed(number, &command.TextureId, sizeof(command.TextureId));
    }
  }
  return number;
}

Window* Self(GLFWwindow* window) { return static_cast<Window*>(glfwGetWindowUserPointer(window)); }

}  // namespace

StatusOr<std::unique_ptr<Window>> Window::Open(const WindowOptions& options) {
  if (glfwInit() == GLFW_FALSE) {
    return Unavailable("no window can be opened: " + LastGlfwError() +
                       ". Start daftar in a desktop session, or use daftarctl in a terminal.");
  }
  bool old_opengl = options.old_opengl;
  GLFWwindow* window = old_opengl ? nullptr : CreateWindow(options, 3, 0);
  if (window == nullptr) {
    old_opengl = true;
    window = CreateWindow(options, 2, 1);
  }
  if (window == nullptr) {
    std::string why = LastGlfwError();
    glfwTerminate();
    return Unavailable("this display offers neither OpenGL 3.0 nor 2.1: " + why +
                       ". The package libgl1-mesa-dri draws without a graphics card.");
  }
  glfwMakeContextCurrent(window);
  glfwSwapInterval(1);
  IMGUI_CHECKVERSION();
  return std::unique_ptr<Window>(new Window(window, ImGui::CreateContext(), old_opengl));
}

Window::Window(GLFWwindow* window, ImGuiContext* context, bool old_opengl)
    : window_(window),
      context_(context),
      old_opengl_(old_opengl),
      drawn_with_(old_opengl ? "OpenGL 2.1" : "OpenGL 3.0") {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  // A blinking cursor would cost two frames a second.
  io.ConfigInputTextCursorBlink = false;
  ImGui_ImplGlfw_InitForOpenGL(window_, false);
  if (old_opengl_) {
    ImGui_ImplOpenGL2_Init();
  } else {
    ImGui_ImplOpenGL3_Init("#version 130");
    // Whatever has OpenGL 3 takes pictures of any height; with older chips the atlas would be drawn by software.
    io.Fonts->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  }
  io.KeyMap[ImGuiKey_Tab] = keys::kNoTab;
  ListenForInput();
}

Window::~Window() {
  if (old_opengl_) {
    ImGui_ImplOpenGL2_Shutdown();
  } else {
    ImGui_ImplOpenGL3_Shutdown();
  }
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext(context_);
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::ListenForInput() {
  glfwSetWindowUserPointer(window_, this);
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    // ImGui would open its own window switcher.
    if (key == GLFW_KEY_TAB && (mods & GLFW_MOD_CONTROL) != 0) return;
    Self(w)->keys_.Push({.key = key, .scancode = scancode, .action = action, .mods = mods});
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned c) { Self(w)->keys_.Push({.character = c}); });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int mods) {
    Self(w)->had_input_ = true;
    ImGui_ImplGlfw_MouseButtonCallback(w, button, action, mods);
  });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double x, double y) {
    Self(w)->had_input_ = true;
    ImGui_ImplGlfw_ScrollCallback(w, x, y);
  });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int focused) {
    Self(w)->Touched();
    ImGui_ImplGlfw_WindowFocusCallback(w, focused);
  });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
    Self(w)->had_input_ = true;
    ImGui_ImplGlfw_CursorEnterCallback(w, entered);
  });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { Self(w)->had_input_ = true; });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { Self(w)->Touched(); });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { Self(w)->Touched(); });
  glfwSetWindowIconifyCallback(window_, [](GLFWwindow* w, int) { Self(w)->Touched(); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) { Self(w)->Touched(); });
}

bool Window::should_close() const { return glfwWindowShouldClose(window_) != 0; }

bool Window::visible() const {
  return glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == 0 && glfwGetWindowAttrib(window_, GLFW_VISIBLE) != 0;
}

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return std::max({x, y, 1.0f});
}

void Window::Pretend(const MouseState& mouse) {
  pretended_ = mouse;
  acted_ = true;
}

bool Window::Wait(double seconds) {
  had_input_ = std::exchange(acted_, false);
  if (seconds > 0 && keys_.empty() && !had_input_) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
  return had_input_ || !keys_.empty();
}

void Window::Wake() { glfwPostEmptyEvent(); }

void Window::BeginFrame(Sides& sides) {
  for (const KeyEvent& event : keys_.TakeFrame()) {
    if (event.character != 0) {
      ImGui_ImplGlfw_CharCallback(window_, event.character);
    } else {
      ImGui_ImplGlfw_KeyCallback(window_, event.key, event.scancode, event.action, event.mods);
    }
  }
  if (old_opengl_) {
    ImGui_ImplOpenGL2_NewFrame();
  } else {
    ImGui_ImplOpenGL3_NewFrame();
  }
  ImGui_ImplGlfw_NewFrame();
  if (pretended_) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {pretended_->x, pretended_->y};
    io.MouseDown[0] = pretended_->pressed;
    io.MouseWheel = std::exchange(pretended_->wheel, 0.0f);
  }
  sides.BeginFrame(RightToLeft(CurrentLanguage()));
  ImGui::NewFrame();
}

void Window::EndFrame(Sides& sides) {
  ImGui::Render();
  sides.EndFrame();
}

void Window::Show(const float paper[3], Picture* picture) {
  // Widgets need a frame more to settle than changes on the screen, and drawing takes far longer than comparing.
  const uint64_t now = NumberOf(*ImGui::GetDrawData(), paper);
  if (std::exchange(shown_, now) == now && !std::exchange(worn_, false) && picture == nullptr) return;
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  glViewport(0, 0, width, height);
  glClearColor(paper[0], paper[1], paper[2], 1);
  glClear(GL_COLOR_BUFFER_BIT);
  if (old_opengl_) {
    ImGui_ImplOpenGL2_RenderDrawData(ImGui::GetDrawData());
  } else {
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  }
  if (picture != nullptr) {
    std::vector<uint8_t> rows(static_cast<size_t>(width) * height * 3);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, rows.data());
    *picture = {width, height, {}};
    const size_t stride = static_cast<size_t>(width) * 3;
    // OpenGL counts rows from the bottom.
    for (int y = height - 1; y >= 0; --y) {
      picture->rgb.insert(picture->rgb.end(), rows.begin() + y * stride, rows.begin() + (y + 1) * stride);
    }
  }
  glfwSwapBuffers(window_);
}

void Window::ShowPainted(const text::PixelRect& rect) {
  worn_ = true;
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  GLint bound = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(reinterpret_cast<intptr_t>(atlas.TexID)));
  glPixelStorei(GL_UNPACK_ROW_LENGTH, atlas.TexWidth);
  glTexSubImage2D(GL_TEXTURE_2D, 0, rect.x, rect.y, rect.width, rect.height, GL_RGBA, GL_UNSIGNED_BYTE,
                  atlas.TexPixelsRGBA32 + static_cast<ptrdiff_t>(rect.y) * atlas.TexWidth + rect.x);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(bound));
}

void Window::RenewFonts() {
  worn_ = true;
  // Before the first frame there is no texture, and that frame makes one: another would never be freed.
  if (ImGui::GetIO().Fonts->TexID == nullptr) return;
  if (old_opengl_) {
    ImGui_ImplOpenGL2_DestroyFontsTexture();
    ImGui_ImplOpenGL2_CreateFontsTexture();
  } else {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
}

}  // namespace daftar::ui
