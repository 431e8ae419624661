#include "client/ui/text/line_cache.h"

#include <cstring>

namespace daftar::text {
namespace {

// Of the map, for each entry: its node, the string, what the allocator adds.
constexpr size_t kNodeBytes = 80;

}  // namespace

LineCache::Kept& LineCache::Find(std::string_view text, Face face, How how, float width) {
  std::string key(text);
  key += static_cast<char>(face);
  key += static_cast<char>(how);
  char bytes[sizeof width];
  std::memcpy(bytes, &width, sizeof width);
  key.append(bytes, sizeof bytes);
  const size_t key_bytes = key.size();
  Kept& kept = kept_[std::move(key)];
  if (kept.frame == 0) {
    if (how == How::kSet) kept.lines.push_back(setter_.Set(text, face));
    if (how == How::kWithin) kept.lines.push_back(setter_.SetWithin(text, face, width));
    if (how == How::kWrap) kept.lines = setter_.Wrap(text, face, width);
    if (how == How::kWrapTyped) kept.lines = setter_.Wrap(text, face, width, SpacesAtEnd::kKept);
    kept.bytes = sizeof(Kept) + kNodeBytes + key_bytes;
    for (const Line& line : kept.lines) kept.bytes += sizeof(Line) + line.glyphs.capacity() * sizeof(PlacedGlyph);
    bytes_ += kept.bytes;
  }
  kept.frame = frame_;
  return kept;
}

const Line& LineCache::Set(std::string_view text, Face face) { return Find(text, face, How::kSet, 0).lines.front(); }

const Line& LineCache::SetWithin(std::string_view text, Face face, float width) {
  return Find(text, face, How::kWithin, width).lines.front();
}

const std::vector<Line>& LineCache::Wrap(std::string_view text, Face face, float width, SpacesAtEnd spaces) {
  return Find(text, face, spaces == SpacesAtEnd::kKept ? How::kWrapTyped : How::kWrap, width).lines;
}

void LineCache::BeginFrame() {
  if (bytes_ > kMany) {
    std::erase_if(kept_, [this](const auto& each) {
      if (each.second.frame >= frame_) return false;
      bytes_ -= each.second.bytes;
      return true;
    });
  }
  ++frame_;
}

}  // namespace daftar::text
