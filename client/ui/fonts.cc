#include "client/ui/fonts.h"

#include <cmath>
#include <utility>

#include "client/ui/sight.h"
#include "imgui_freetype.h"

namespace daftar::ui {
namespace {

// Of fields that are typed into, which ImGui draws itself. Pairs of first and last character; ImGui keeps the pointer
// until the atlas is built.
constexpr ImWchar kTyped[] = {
    0x0020, 0x024F,  // Latin
    0x0400, 0x052F,  // Cyrillic, with ғ ӣ қ ӯ ҳ ҷ
    0x0600, 0x06FF,  // Arabic
    0x2010, 0x2026,  // dashes, quotation marks, ellipsis
    0xFB50, 0xFDFF,  // joined forms of Persian
    0xFE70, 0xFEFF,  // joined forms of Arabic
    0xFFFD, 0xFFFD,  // what cannot be shown
    0,
};

// Old graphics chips stop at 2048 pixels a side.
constexpr int kAtlasWidth = 2048, kCanvasWidth = kAtlasWidth - 8, kCanvasHeight = 512, kLargeCanvasHeight = 1024;
constexpr float kLargeScale = 1.3f;

}  // namespace

StatusOr<std::unique_ptr<Fonts>> Fonts::Load(const std::string& folder, float scale) {
  DAFTAR_ASSIGN_OR_RETURN(text::FontSet set, text::FontSet::Open(folder, scale));
  std::unique_ptr<Fonts> fonts(new Fonts(std::move(set), scale));
  DAFTAR_RETURN_IF_ERROR(fonts->BuildAtlas(folder));
  return fonts;
}

Status Fonts::BuildAtlas(const std::string& folder) {
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas->FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas->TexDesiredWidth = kAtlasWidth;
  const std::string typed = folder + "/dejavu/DejaVuSans.ttf";
  atlas->AddFontFromFileTTF(typed.c_str(), height(Face::kBody), nullptr, kTyped);
  const int room = atlas->AddCustomRectRegular(kCanvasWidth, scale_ < kLargeScale ? kCanvasHeight : kLargeCanvasHeight);
  if (!atlas->Build()) return Internal("the fonts in " + folder + " could not be rasterised");
  unsigned char* pixels = nullptr;
  int width = 0, high = 0;
  atlas->GetTexDataAsRGBA32(&pixels, &width, &high);
  // Pixels without colour were made on the way.
  IM_FREE(std::exchange(atlas->TexPixelsAlpha8, nullptr));
  pixel_ = {1.0f / static_cast<float>(width), 1.0f / static_cast<float>(high)};
  const ImFontAtlasCustomRect* rect = atlas->GetCustomRectByIndex(room);
  atlas_.emplace(
      text::Canvas{reinterpret_cast<uint32_t*>(pixels), width, {rect->X, rect->Y, rect->Width, rect->Height}});
  return OkStatus();
}

void Fonts::BeginFrame() {
  if (atlas_->full()) atlas_->Clear();
  lines_.BeginFrame();
}

void Fonts::DrawPart(ImDrawList& list, ImVec2 at, const text::Line& line, std::span<const text::PlacedGlyph> glyphs,
                     Face face, ImU32 colour) {
  if (!IsLineSeen(list, at.y, set_.height(face))) return;
  const float base = std::floor(at.y) + std::round(set_.ascent(face));
  for (const text::PlacedGlyph& glyph : glyphs) {
    const text::GlyphAtlas::Place& place = atlas_->Find(glyph.typeface, set_.typeface(glyph.typeface), glyph.glyph);
    const text::PixelRect& rect = place.rect;
    if (rect.width == 0) continue;
    const auto x = static_cast<float>(rect.x), y = static_cast<float>(rect.y);
    const auto width = static_cast<float>(rect.width), high = static_cast<float>(rect.height);
    const float top = base - std::round(glyph.y) - static_cast<float>(place.top);
    float left = std::round(at.x + glyph.x) + static_cast<float>(place.left);
    float u_left = x * pixel_.x, u_right = (x + width) * pixel_.x;
    if (turned_) {
      left = -std::round(glyph.x - at.x - line.width) - static_cast<float>(place.left) - width;
      std::swap(u_left, u_right);
    }
    list.PrimReserve(6, 4);
    list.PrimRectUV({left, top}, {left + width, top + high}, {u_left, y * pixel_.y}, {u_right, (y + high) * pixel_.y},
                    colour);
  }
}

}  // namespace daftar::ui
