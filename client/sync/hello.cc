#include "client/sync/hello.h"

#include <algorithm>
#include <utility>

namespace daftar {
namespace {

constexpr size_t kMostRepairs = 10'000;

}  // namespace

StatusOr<std::shared_ptr<const WireDictionary>> LoadDictionary(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(std::string bytes, station.view().FrameDictionary());
  if (bytes.empty()) return std::shared_ptr<const WireDictionary>();
  return WireDictionary::From(std::move(bytes), WireDictionary::Use::kUnpack);
}

StatusOr<v1::Hello> MakeHello(Workstation& station, const v1::SyncStatus& status, const Scope& wanted,
                              const WireDictionary* dictionary) {
  DAFTAR_ASSIGN_OR_RETURN(const auto snapshot, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, snapshot->Head());
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station.view().HeldScope());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, station.view().fill().State());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Rid> damaged, station.view().Damaged());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::Position> staged, station.view().Staged());
  v1::Hello hello;
  hello.set_protocol(kProtocol);
  hello.set_client(status.client());
  if (!head.cursor().chain().empty()) {
    hello.mutable_cursor()->set_revision(head.cursor().revision());
    hello.mutable_cursor()->set_chain(head.cursor().chain());
  }
  if (fill) {
    hello.mutable_cursor()->set_revision(fill->base().revision());
    hello.mutable_cursor()->set_chain(fill->base().chain());
  }
  if (!wanted.everything()) *hello.mutable_scope() = wanted.message();
  hello.set_rescope(hello.has_cursor() && !fill && held != wanted);
  if (hello.rescope() && !held.everything()) *hello.mutable_held() = held.message();
  if (dictionary != nullptr) hello.set_dictionary(dictionary->id());
  hello.set_filling(fill.has_value());
  const size_t repairs = std::min(damaged.size(), kMostRepairs);
  hello.mutable_repair()->Add(damaged.begin(), damaged.begin() + static_cast<long>(repairs));
  if (staged && repairs == 0) *hello.mutable_received() = *staged;
  return hello;
}

}  // namespace daftar
