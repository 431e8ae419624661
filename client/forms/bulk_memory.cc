#include "client/forms/bulk_memory.h"

#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/model/kind.h"

namespace daftar::forms {
namespace {

using Json = nlohmann::ordered_json;

constexpr uint64_t kMaxFileBytes = 256 << 20;

std::string FileOf(const std::string& folder) { return folder + "/user/last_bulk.json"; }

// One part; nullopt if it is none.
std::optional<ChangedPart> PartFrom(const Json& json) {
  const auto text = [&json](const char* name) {
    return json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
  };
  const auto number = [&json](const char* name) {
    return json.contains(name) && json[name].is_number_unsigned() ? json[name].get<uint64_t>() : uint64_t{0};
  };
  if (!json.is_object()) return std::nullopt;
  const std::optional<Uuid> id = Uuid::Parse(text("record"));
  const std::optional<Kind> kind = KindFromWord(text("kind"));
  const std::optional<std::string> before = FromHex(text("before")), after = FromHex(text("after"));
  if (!id || !kind || !before || !after || number("field") == 0) return std::nullopt;
  return ChangedPart{*id, *kind, {static_cast<uint32_t>(number("field")), number("item")}, *before, *after};
}

}  // namespace

size_t BulkMemory::records() const {
  size_t count = 0;
  for (size_t i = 0; i < parts.size(); ++i) count += i == 0 || parts[i].record != parts[i - 1].record ? 1 : 0;
  return count;
}

Status RememberBulk(const std::string& folder, const BulkMemory& memory) {
  Json json = {{"schema", "daftar.last_bulk.v1"}, {"reason", memory.reason}};
  json["parts"] = Json::array();
  for (const ChangedPart& part : memory.parts) {
    json["parts"].push_back({{"record", part.record.ToString()},
                             {"kind", KindWord(part.kind)},
                             {"field", part.part.first},
                             {"item", part.part.second},
                             {"before", ToHex(part.before)},
                             {"after", ToHex(part.after)}});
  }
  return WriteFileAtomically(FileOf(folder), json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

StatusOr<std::optional<BulkMemory>> RecallBulk(const std::string& folder) {
  const StatusOr<std::string> text = ReadFile(FileOf(folder), kMaxFileBytes);
  if (text.status().code() == StatusCode::kNotFound) return std::optional<BulkMemory>();
  DAFTAR_RETURN_IF_ERROR(text.status());
  const Status damaged = DataLoss(FileOf(folder) + " is not what was written there; nothing was changed");
  const Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("parts") || !json["parts"].is_array()) return damaged;
  BulkMemory memory;
  if (json.contains("reason") && json["reason"].is_string()) memory.reason = json["reason"].get<std::string>();
  for (const Json& one : json["parts"]) {
    std::optional<ChangedPart> part = PartFrom(one);
    if (!part) return damaged;
    memory.parts.push_back(*std::move(part));
  }
  return std::optional(std::move(memory));
}

Status ForgetBulk(const std::string& folder) {
  if (unlink(FileOf(folder).c_str()) == 0 || errno == ENOENT) return OkStatus();
  return ErrnoStatus(errno, "remove " + FileOf(folder));
}

}  // namespace daftar::forms
