#include "client/model/own_change.h"

#include <functional>
#include <optional>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/names.h"
#include "client/model/own_part.h"
#include "client/sync/private_store.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

using What = OwnChange::What;

// What the record is called: now, or when it was last here.
StatusOr<RecordLabel> LabelOf(const Uuid& id, const OwnPlace& place) {
  Names names(place.view, "en");
  const Record* record = names.Find(id);
  if (!names.status().ok()) return names.status();
  if (record != nullptr) return RecordLabel{id, record->kind(), names.Title(*record), DisplayId(*record)};
  DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateRecord kept, place.store.Of(id));
  if (IsEmpty(kept)) return NotFound("there is no record " + id.ToString() + " here");
  return RecordLabel{id, kept.kind(), kept.title(), kept.display_id()};
}

Status KeepOfRecord(const OwnChange& change, const OwnPlace& place) {
  const std::optional<Uuid> id = Uuid::Parse(change.record);
  if (!id) return InvalidArgument("\"" + change.record + "\" is no id of a record");
  DAFTAR_ASSIGN_OR_RETURN(const RecordLabel label, LabelOf(*id, place));
  return place.store
      .Change(label, place.now_ms,
              [&change](v1::PrivateRecord& record) {
                if (change.what == What::kPin || change.what == What::kUnpin)
                  record.set_pinned(change.what == What::kPin);
                if (change.what == What::kNote) record.set_note(change.text);
                if (change.what == What::kTag) AddTag(record, change.text);
                if (change.what == What::kUntag) RemoveTag(record, change.text);
              })
      .status();
}

v1::Moment ToProto(const Moment& moment) {
  v1::Moment proto;
  proto.set_epoch(moment.epoch);
  proto.set_revision(moment.revision);
  proto.set_at_ms(moment.at_ms);
  return proto;
}

Status SaveSearch(const OwnChange& change, const OwnPlace& place) {
  const std::optional<Address> address = ParseAddress(change.address);
  if (!address || address->word != "search") return InvalidArgument("only a search can be saved");
  v1::SavedSearch search = SavedOf(address->Param("q"), address->Param("kind"), address->Param("sort"));
  search.set_name(change.text);
  search.set_pinned(true);
  search.set_made_ms(place.now_ms);
  DAFTAR_ASSIGN_OR_RETURN(const Moment now, MomentOf(place.view, place.now_ms));
  *search.mutable_looked() = ToProto(now);
  return place.store.AddSearch(std::move(search)).status();
}

Status KeepPage(const OwnChange& change, const OwnPlace& place) {
  const std::optional<Address> address = ParseAddress(change.address);
  if (!address) return InvalidArgument("\"" + change.address + "\" is not the address of a page");
  v1::RecentPage page;
  page.set_address(change.address);
  page.set_title(change.text);
  page.set_kind(address->word);
  page.set_at_ms(place.now_ms);
  DAFTAR_RETURN_IF_ERROR(place.store.NoteRecent(page));
  const std::optional<Uuid> id = Uuid::Parse(change.record);
  if (!id) return OkStatus();
  const StatusOr<RecordLabel> label = LabelOf(*id, place);
  return label.ok() ? place.store.KeepLabels({*label}) : OkStatus();
}

}  // namespace

Status Keep(const OwnChange& change, const OwnPlace& place) {
  switch (change.what) {
    case What::kPin:
    case What::kUnpin:
    case What::kNote:
    case What::kTag:
    case What::kUntag:
      return KeepOfRecord(change, place);
    case What::kSaveSearch:
      return SaveSearch(change, place);
    case What::kForgetSearch:
      return place.store.RemoveSearch(change.number);
    case What::kPinSearch:
    case What::kUnpinSearch:
      return place.store.ChangeSearch(
          change.number, [&change](v1::SavedSearch& search) { search.set_pinned(change.what == What::kPinSearch); });
    case What::kPageShown:
      return KeepPage(change, place);
    case What::kLooked:
    case What::kRead:
    case What::kHomeShown:
      break;
  }
  DAFTAR_ASSIGN_OR_RETURN(Moment now, MomentOf(place.view, place.now_ms));
  if (change.what == What::kHomeShown) return place.visits.Shown(now);
  if (change.what == What::kLooked) {
    return place.store.ChangeSearch(change.number,
                                    [&now](v1::SavedSearch& search) { *search.mutable_looked() = ToProto(now); });
  }
  now.revision = change.number;
  return MarkRead(place.store, now);
}

StatusOr<OwnPart> ReadOwnPart(const PrivateStore& store, std::string_view id) {
  const std::optional<Uuid> uuid = Uuid::Parse(id);
  if (!uuid) return InvalidArgument(Say("own.no_id", {{"id", id}}));
  DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateRecord record, store.Of(*uuid));
  return OwnPart{uuid->ToString(), record.pinned(), {record.tag().begin(), record.tag().end()}, record.note()};
}

}  // namespace daftar
