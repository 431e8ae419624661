#include "client/ui/text/typeface.h"

#include <ft2build.h>
#include <hb-ft.h>
#include <hb.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include FT_FREETYPE_H

namespace daftar::text {
namespace {

// Hinted up and down only: letters keep their widths.
constexpr FT_Int32 kLoad = FT_LOAD_TARGET_LIGHT;
constexpr float kUnit = 64;  // FreeType's and HarfBuzz' parts of a pixel

using Library = std::unique_ptr<FT_LibraryRec_, decltype(&FT_Done_FreeType)>;
using FaceHandle = std::unique_ptr<FT_FaceRec_, decltype(&FT_Done_Face)>;
using FontHandle = std::unique_ptr<hb_font_t, decltype(&hb_font_destroy)>;
using BufferHandle = std::unique_ptr<hb_buffer_t, decltype(&hb_buffer_destroy)>;

class FreeTypeface final : public Typeface {
 public:
  FreeTypeface(Library library, FaceHandle face)
      : library_(std::move(library)),
        face_(std::move(face)),
        font_(hb_ft_font_create_referenced(face_.get()), &hb_font_destroy),
        buffer_(hb_buffer_create(), &hb_buffer_destroy) {
    hb_ft_font_set_load_flags(font_.get(), kLoad);
  }

  bool Has(char32_t character) const override { return FT_Get_Char_Index(face_.get(), character) != 0; }

  void Shape(std::u16string_view paragraph, int begin, int end, bool right_to_left,
             std::vector<ShapedGlyph>& out) const override {
    hb_buffer_t* buffer = buffer_.get();
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf16(buffer, reinterpret_cast<const uint16_t*>(paragraph.data()), static_cast<int>(paragraph.size()),
                        static_cast<unsigned>(begin), end - begin);
    hb_buffer_set_direction(buffer, right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font_.get(), buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; ++i) {
      const hb_glyph_position_t& place = places[i];
      out.push_back({.glyph = infos[i].codepoint,
                     .at = static_cast<int>(infos[i].cluster),
                     .advance = static_cast<float>(place.x_advance) / kUnit,
                     .dx = static_cast<float>(place.x_offset) / kUnit,
                     .dy = static_cast<float>(place.y_offset) / kUnit});
    }
  }

  GlyphImage Draw(uint32_t glyph) const override {
    GlyphImage image;
    if (FT_Load_Glyph(face_.get(), glyph, kLoad | FT_LOAD_RENDER) != 0) return image;  // as if it had no ink
    const FT_GlyphSlot slot = face_->glyph;
    const FT_Bitmap& bitmap = slot->bitmap;
    if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return image;
    image.width = static_cast<int>(bitmap.width);
    image.height = static_cast<int>(bitmap.rows);
    image.left = slot->bitmap_left;
    image.top = slot->bitmap_top;
    image.ink.reserve(static_cast<size_t>(image.width) * static_cast<size_t>(image.height));
    for (int y = 0; y < image.height; ++y) {
      const unsigned char* row = bitmap.buffer + static_cast<ptrdiff_t>(y) * bitmap.pitch;
      image.ink.insert(image.ink.end(), row, row + image.width);
    }
    return image;
  }

 private:
  const Library library_;
  const FaceHandle face_;
  const FontHandle font_;
  const BufferHandle buffer_;
};

}  // namespace

StatusOr<std::unique_ptr<Typeface>> Typeface::Open(const std::string& file, float em) {
  FT_Library opened = nullptr;
  if (FT_Init_FreeType(&opened) != 0) return Internal("FreeType cannot be used");
  Library library(opened, &FT_Done_FreeType);
  FT_Face read = nullptr;
  if (FT_New_Face(library.get(), file.c_str(), 0, &read) != 0) return DataLoss(file + " is not a font");
  FaceHandle face(read, &FT_Done_Face);
  if (FT_Set_Char_Size(face.get(), 0, std::lround(em * kUnit), 72, 72) != 0)
    return DataLoss(file + " has no letters of every size");
  return std::make_unique<FreeTypeface>(std::move(library), std::move(face));
}

}  // namespace daftar::text
