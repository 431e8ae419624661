#include "storage/model/parts.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <map>

namespace daftar {
namespace {

// A top-level field as it stands in the bytes.
struct Segment {
  uint32_t field;
  uint64_t key;  // 0 outside collections
  std::string_view bytes;
};

bool TakeVarint(std::string_view& bytes, uint64_t& value) {
  value = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    uint8_t byte = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    value |= uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

// Takes the value behind a tag; `payload` is the content of a length-delimited one.
bool TakeValue(std::string_view& bytes, uint32_t wire_type, std::string_view& payload) {
  uint64_t number = 0;
  size_t size = 0;
  switch (wire_type) {
    case 0:
      return TakeVarint(bytes, number);
    case 1:
      size = 8;
      break;
    case 5:
      size = 4;
      break;
    case 2:
      if (!TakeVarint(bytes, number) || number > bytes.size()) return false;
      size = number;
      payload = bytes.substr(0, size);
      break;
    default:
      return false;
  }
  if (size > bytes.size()) return false;
  bytes.remove_prefix(size);
  return true;
}

// The key that an item begins with: field 1, varint, not 0.
bool TakeKey(std::string_view item, uint64_t& key) {
  return !item.empty() && item.front() == '\x08' && (item.remove_prefix(1), TakeVarint(item, key)) && key != 0;
}

Status TakeSegment(std::string_view& rest, Segment& segment) {
  const char* start = rest.data();
  uint64_t tag = 0;
  std::string_view payload;
  if (!TakeVarint(rest, tag) || tag >> 3 == 0 || tag >> 3 > 0x1fffffff)
    return InvalidArgument("not the bytes of a record");
  // Written in the only shortest way: frames carry the number, and every replica has to hold the same bytes.
  if (rest.data() - start > 1 && *(rest.data() - 1) == 0) return InvalidArgument("a tag is longer than it has to be");
  segment.field = static_cast<uint32_t>(tag >> 3);
  segment.key = 0;
  if (!TakeValue(rest, tag & 7, payload)) {
    return InvalidArgument("field " + std::to_string(segment.field) + " is cut short or of an unknown form");
  }
  if (IsCollection(segment.field) && ((tag & 7) != 2 || !TakeKey(payload, segment.key))) {
    return InvalidArgument("an item of field " + std::to_string(segment.field) + " does not begin with its key");
  }
  segment.bytes = std::string_view(start, static_cast<size_t>(rest.data() - start));
  return OkStatus();
}

using PartMap = std::map<PartId, std::string>;

StatusOr<PartMap> ToMap(std::string_view body) {
  PartMap parts;
  while (!body.empty()) {
    Segment segment;
    DAFTAR_RETURN_IF_ERROR(TakeSegment(body, segment));
    std::string& part = parts[{segment.field, segment.key}];
    if (!part.empty() && IsCollection(segment.field)) {
      return InvalidArgument("field " + std::to_string(segment.field) + " holds key " + std::to_string(segment.key) +
                             " twice");
    }
    part.append(segment.bytes);
  }
  return parts;
}

std::string Join(const PartMap& parts) {
  std::string body;
  for (const auto& [id, bytes] : parts) body += bytes;
  return body;
}

Status VisitSorted(std::string_view body, const std::function<void(PartId, std::string_view)>& visit) {
  DAFTAR_ASSIGN_OR_RETURN(const PartMap parts, ToMap(body));
  for (const auto& [id, bytes] : parts) visit(id, bytes);
  return OkStatus();
}

v1::PartEdit MakeEdit(PartId id, std::string_view value) {
  v1::PartEdit edit;
  edit.set_field(id.first);
  edit.set_key(id.second);
  edit.set_value(std::string(value));
  return edit;
}

}  // namespace

StatusOr<std::vector<Part>> SplitParts(std::string_view body) {
  DAFTAR_ASSIGN_OR_RETURN(PartMap map, ToMap(body));
  std::vector<Part> parts;
  parts.reserve(map.size());
  for (auto& [id, bytes] : map) parts.push_back({id, std::move(bytes)});
  return parts;
}

Status VisitParts(std::string_view body, const std::function<void(PartId, std::string_view)>& visit) {
  // In a body as it is stored the parts stand in order, each in one piece.
  std::vector<std::pair<PartId, std::string_view>> parts;
  for (std::string_view rest = body; !rest.empty();) {
    Segment segment;
    DAFTAR_RETURN_IF_ERROR(TakeSegment(rest, segment));
    const PartId id{segment.field, segment.key};
    const bool goes_on = !parts.empty() && parts.back().first == id && !IsCollection(id.first);
    if (!goes_on && !parts.empty() && id <= parts.back().first) return VisitSorted(body, visit);
    if (!goes_on) {
      parts.emplace_back(id, segment.bytes);
    } else {
      std::string_view& bytes = parts.back().second;
      bytes = std::string_view(bytes.data(), bytes.size() + segment.bytes.size());
    }
  }
  for (const auto& [id, bytes] : parts) visit(id, bytes);
  return OkStatus();
}

std::string JoinParts(std::span<const Part> parts) {
  std::string body;
  for (const Part& part : parts) body += part.bytes;
  return body;
}

StatusOr<std::string> CanonicalBody(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    if (!message.SerializeToCodedStream(&output)) return Internal("a record could not be serialised");
  }
  DAFTAR_ASSIGN_OR_RETURN(PartMap map, ToMap(bytes));
  return Join(map);
}

StatusOr<std::vector<v1::PartEdit>> DiffParts(std::string_view from, std::string_view to) {
  DAFTAR_ASSIGN_OR_RETURN(PartMap before, ToMap(from));
  DAFTAR_ASSIGN_OR_RETURN(PartMap after, ToMap(to));
  for (const auto& [id, bytes] : before) after.try_emplace(id, "");
  std::vector<v1::PartEdit> edits;
  for (const auto& [id, bytes] : after) {
    auto old = before.find(id);
    if (old == before.end() || old->second != bytes) edits.push_back(MakeEdit(id, bytes));
  }
  return edits;
}

StatusOr<std::string> PatchBody(std::string_view body, std::span<const v1::PartEdit> edits) {
  DAFTAR_ASSIGN_OR_RETURN(PartMap parts, ToMap(body));
  for (const v1::PartEdit& edit : edits) {
    PartId id{edit.field(), edit.key()};
    DAFTAR_RETURN_IF_ERROR(CheckPartValue(id, edit.value()));
    if (edit.value().empty()) {
      parts.erase(id);
    } else {
      parts[id] = edit.value();
    }
  }
  return Join(parts);
}

Status CheckPartValue(PartId id, std::string_view value) {
  if (id.first == 0 || IsCollection(id.first) != (id.second != 0)) {
    return InvalidArgument("field " + std::to_string(id.first) + " with key " + std::to_string(id.second) +
                           " names no part");
  }
  int segments = 0;
  while (!value.empty()) {
    Segment segment;
    DAFTAR_RETURN_IF_ERROR(TakeSegment(value, segment));
    bool same_part = segment.field == id.first && segment.key == id.second;
    if (!same_part || (++segments > 1 && IsCollection(id.first))) {
      return InvalidArgument("the value of field " + std::to_string(id.first) + " is not exactly that part");
    }
  }
  return OkStatus();
}

std::string_view FindPart(std::span<const Part> parts, PartId id) {
  auto at = std::lower_bound(parts.begin(), parts.end(), id,
                             [](const Part& part, PartId wanted) { return part.id < wanted; });
  return at != parts.end() && at->id == id ? std::string_view(at->bytes) : std::string_view();
}

}  // namespace daftar
