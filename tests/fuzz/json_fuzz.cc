// A record as JSON from anywhere: it is read or refused with reasons, and what is read can be validated and written.
#include <nlohmann/json.hpp>

#include "storage/authoring/authoring.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar;
  auto resolve = [](std::string_view name) -> StatusOr<Uuid> { return Uuid::FromName(name); };
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Authored authored = RecordFromJson(v1::RecordKind::INCIDENT, text, resolve);
  if (!authored.problems.empty() || authored.record == nullptr) return 0;
  AssignKeys(authored.record.get());
  Validate(v1::RecordKind::INCIDENT, *authored.record, Uuid::FromName("it"), [](const Uuid&) { return std::nullopt; });
  ToJson(*authored.record, [](const Uuid& id) { return id.ToString(); });
  return 0;
}
