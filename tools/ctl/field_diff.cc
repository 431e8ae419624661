#include "tools/ctl/field_diff.h"

#include <memory>
#include <set>

#include "storage/model/fields.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

bool IsKeyed(const Json& list) {
  if (!list.is_array() || list.empty()) return false;
  for (const Json& item : list) {
    if (!item.is_object() || !item.contains("key")) return false;
  }
  return true;
}

std::string KeyedPath(const std::string& path, const std::string& key) { return path + "[key=" + key + "]"; }

const Json* ItemOf(const Json& list, const Json& key) {
  if (!list.is_array()) return nullptr;
  for (const Json& item : list) {
    if (item.at("key") == key) return &item;
  }
  return nullptr;
}

void Walk(const std::string& path, const Json& before, const Json& after, std::vector<FieldChange>& changes);

void WalkObject(const std::string& path, const Json& before, const Json& after, std::vector<FieldChange>& changes) {
  static const Json kNothing;
  std::set<std::string> seen;
  for (const Json* side : {&after, &before}) {
    if (!side->is_object()) continue;
    for (const auto& [name, value] : side->items()) {
      if (name == "key" || !seen.insert(name).second) continue;
      const Json& from = before.is_object() && before.contains(name) ? before.at(name) : kNothing;
      const Json& to = after.is_object() && after.contains(name) ? after.at(name) : kNothing;
      Walk(JoinPath(path, name), from, to, changes);
    }
  }
}

void WalkItems(const std::string& path, const Json& before, const Json& after, std::vector<FieldChange>& changes) {
  static const Json kNothing;
  std::set<std::string> seen;
  for (const Json* side : {&after, &before}) {
    if (!side->is_array()) continue;
    for (const Json& item : *side) {
      const Json& key = item.at("key");
      if (!seen.insert(key.dump()).second) continue;
      const Json* from = ItemOf(before, key);
      const Json* to = ItemOf(after, key);
      Walk(KeyedPath(path, key.dump()), from == nullptr ? kNothing : *from, to == nullptr ? kNothing : *to, changes);
    }
  }
}

void Walk(const std::string& path, const Json& before, const Json& after, std::vector<FieldChange>& changes) {
  if (before == after) return;
  const bool keyed = (IsKeyed(before) || before.is_null()) && (IsKeyed(after) || after.is_null());
  const bool objects = (before.is_object() || before.is_null()) && (after.is_object() || after.is_null());
  if (keyed) {
    WalkItems(path, before, after, changes);
  } else if (objects) {
    WalkObject(path, before, after, changes);
  } else {
    changes.push_back({path, before, after});
  }
}

std::string InWords(const Json& value) {
  if (value.is_null()) return "(nothing)";
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

StatusOr<std::unique_ptr<google::protobuf::Message>> MessageOf(Kind kind, std::span<const Part> parts) {
  std::unique_ptr<google::protobuf::Message> message = NewMessage(kind);
  if (!message->ParseFromString(JoinParts(parts))) return InvalidArgument("a change does not parse");
  return message;
}

}  // namespace

std::vector<FieldChange> DiffMessages(const google::protobuf::Message& before, const google::protobuf::Message& after,
                                      const IdNamer& name) {
  std::vector<FieldChange> changes;
  Walk("", ToJson(before, name), ToJson(after, name), changes);
  return changes;
}

StatusOr<std::vector<FieldChange>> DiffOfParts(Kind kind, std::span<const Part> before, std::span<const Part> after,
                                               const IdNamer& name) {
  DAFTAR_ASSIGN_OR_RETURN(const auto from, MessageOf(kind, before));
  DAFTAR_ASSIGN_OR_RETURN(const auto to, MessageOf(kind, after));
  return DiffMessages(*from, *to, name);
}

std::vector<Part> ToParts(const google::protobuf::RepeatedPtrField<v1::PartEdit>& edits) {
  std::vector<Part> parts;
  for (const v1::PartEdit& edit : edits) parts.push_back({{edit.field(), edit.key()}, edit.value()});
  return parts;
}

std::vector<Part> ToParts(std::span<const v1::PartEdit> edits) {
  std::vector<Part> parts;
  for (const v1::PartEdit& edit : edits) parts.push_back({{edit.field(), edit.key()}, edit.value()});
  return parts;
}

std::string ChangesAsText(std::span<const FieldChange> changes) {
  std::string text;
  for (const FieldChange& change : changes) {
    text += "  " + change.path + ": " + InWords(change.before) + " → " + InWords(change.after) + "\n";
  }
  return text;
}

Json ChangesAsJson(std::span<const FieldChange> changes) {
  Json list = Json::array();
  for (const FieldChange& change : changes) {
    list.push_back({{"path", change.path}, {"before", change.before}, {"after", change.after}});
  }
  return list;
}

StatusOr<Json> PartAsJson(Kind kind, std::string_view value, const IdNamer& name) {
  if (value.empty()) return Json();
  const std::vector<Part> parts = {{{0, 0}, std::string(value)}};
  DAFTAR_ASSIGN_OR_RETURN(const auto message, MessageOf(kind, parts));
  const Json json = ToJson(*message, name);
  if (json.empty()) return Json();
  const Json& field = json.begin().value();
  return IsKeyed(field) ? field.at(0) : field;
}

std::string PartPath(Kind kind, PartId part) {
  const auto* field = KindDescriptor(kind).FindFieldByNumber(static_cast<int>(part.first));
  const std::string name = field == nullptr ? "field " + std::to_string(part.first) : JsonName(*field);
  return part.second == 0 ? name : KeyedPath(name, std::to_string(part.second));
}

}  // namespace daftar::ctl
