#include "client/sync/form_drafts.h"

#include <optional>
#include <string_view>
#include <utility>

#include "storage/base/bytes.h"

namespace daftar {
namespace {

constexpr uint64_t kCounter = 0;

std::string Key(uint64_t number) {
  std::string key;
  PutU64(key, number);
  return key;
}

StatusOr<v1::FormDraft> Parse(std::string_view bytes) {
  v1::FormDraft draft;
  if (!draft.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return DataLoss("an entry of the table form does not parse");
  return draft;
}

Status None(uint64_t number) {
  return NotFound("there is no form " + std::to_string(number) + ". See: daftarctl form list");
}

StatusOr<std::optional<v1::FormDraft>> Read(const lmdb::ReadTxn& txn, lmdb::Table table, uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes, txn.Get(table, Key(number)));
  if (!bytes) return std::optional<v1::FormDraft>();
  DAFTAR_ASSIGN_OR_RETURN(v1::FormDraft draft, Parse(*bytes));
  return std::optional(std::move(draft));
}

}  // namespace

StatusOr<std::vector<v1::FormDraft>> FormDrafts::All() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  std::vector<v1::FormDraft> all;
  lmdb::Cursor cursor = txn.Seek(table_, "");
  for (; cursor.valid(); cursor.Next()) {
    if (cursor.key() == Key(kCounter)) continue;
    DAFTAR_ASSIGN_OR_RETURN(v1::FormDraft draft, Parse(cursor.value()));
    all.push_back(std::move(draft));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return all;
}

StatusOr<v1::FormDraft> FormDrafts::Get(uint64_t number) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::FormDraft> draft, Read(txn, table_, number));
  if (!draft || number == kCounter) return None(number);
  return *std::move(draft);
}

StatusOr<uint64_t> FormDrafts::Keep(v1::FormDraft draft) {
  if (draft.ByteSizeLong() > kMostFormBytes) {
    return ResourceExhausted("the form holds more than " + std::to_string(kMostFormBytes >> 20) +
                             " MB; what was kept of it before is still there");
  }
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  if (draft.number() == 0) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::FormDraft> last, Read(txn, table_, kCounter));
    v1::FormDraft counter;
    counter.set_number((last ? last->number() : 0) + 1);
    draft.set_number(counter.number());
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t rows, txn.Count(table_));
    if (rows > kMostForms) {
      return ResourceExhausted("you have " + std::to_string(kMostForms) +
                               " open forms, which is the most; send or drop some first");
    }
    DAFTAR_RETURN_IF_ERROR(txn.Put(table_, Key(kCounter), counter.SerializeAsString()));
  } else {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::FormDraft> there, Read(txn, table_, draft.number()));
    if (!there) return None(draft.number());
  }
  DAFTAR_RETURN_IF_ERROR(txn.Put(table_, Key(draft.number()), draft.SerializeAsString()));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return draft.number();
}

Status FormDrafts::Drop(uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_RETURN_IF_ERROR(DropIn(txn, number));
  return txn.Commit();
}

Status FormDrafts::DropIn(lmdb::WriteTxn& txn, uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::FormDraft> there, Read(txn, table_, number));
  if (!there || number == kCounter) return None(number);
  return txn.Delete(table_, Key(number));
}

Status FormDrafts::CloseAll() {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::FormDraft> all, All());
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  bool any = false;
  for (v1::FormDraft& draft : all) {
    if (!draft.open()) continue;
    draft.clear_open();
    any = true;
    DAFTAR_RETURN_IF_ERROR(txn.Put(table_, Key(draft.number()), draft.SerializeAsString()));
  }
  return any ? txn.Commit() : OkStatus();
}

}  // namespace daftar
