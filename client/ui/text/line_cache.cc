#include "client/ui/text/line_cache.h"

#include <cstring>

namespace daftar::text {

LineCache::Kept& LineCache::Find(std::string_view text, Face face, How how, float width) {
  std::string key(text);
  key += static_cast<char>(face);
  key += static_cast<char>(how);
  char bytes[sizeof width];
  std::memcpy(bytes, &width, sizeof width);
  key.append(bytes, sizeof bytes);
  Kept& kept = kept_[std::move(key)];
  if (kept.frame == 0 && how == How::kSet) kept.lines.push_back(setter_.Set(text, face));
  if (kept.frame == 0 && how == How::kWithin) kept.lines.push_back(setter_.SetWithin(text, face, width));
  if (kept.frame == 0 && how == How::kWrap) kept.lines = setter_.Wrap(text, face, width);
  kept.frame = frame_;
  return kept;
}

const Line& LineCache::Set(std::string_view text, Face face) { return Find(text, face, How::kSet, 0).lines.front(); }

const Line& LineCache::SetWithin(std::string_view text, Face face, float width) {
  return Find(text, face, How::kWithin, width).lines.front();
}

const std::vector<Line>& LineCache::Wrap(std::string_view text, Face face, float width) {
  return Find(text, face, How::kWrap, width).lines;
}

void LineCache::BeginFrame() {
  if (kept_.size() > kMany) std::erase_if(kept_, [this](const auto& kept) { return kept.second.frame < frame_; });
  ++frame_;
}

}  // namespace daftar::text
