// The library over a workstation's folder: forms. See workstation_library.h.
#include <filesystem>

#include "client/app/workstation_library.h"
#include "client/sync/bundles.h"
#include "client/sync/form_drafts.h"
#include "client/sync/user_store.h"
#include "daftar/v1/private.pb.h"
#include "storage/base/files.h"

namespace daftar::app {
namespace {

constexpr uint64_t kMostBundleBytes = 64 << 20;

}  // namespace

StatusOr<forms::OpenForm> WorkstationLibrary::BeginForm(const forms::Wish& wish) {
  return forms::Begin(station_, wish);
}

StatusOr<forms::OpenForm> WorkstationLibrary::TakeUpForm(uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::FormDraft draft, station_.forms().Get(number));
  DAFTAR_ASSIGN_OR_RETURN(const auto view, station_.Read());
  DAFTAR_ASSIGN_OR_RETURN(forms::OpenForm open, forms::TakeUpDraft(*view, draft));
  if (open.bulk) DAFTAR_RETURN_IF_ERROR(forms::RecallLastBulk(station_, open));
  return open;
}

Status WorkstationLibrary::KeepForm(const forms::OpenForm& form) {
  return station_.forms().Keep(forms::DraftOf(form, station_.clock().NowMs(), true)).status();
}

StatusOr<bool> WorkstationLibrary::CheckForm(forms::OpenForm& form) { return forms::Check(station_, form); }

StatusOr<uint64_t> WorkstationLibrary::SendForm(forms::OpenForm& form) { return forms::Send(station_, form); }

StatusOr<forms::BulkPreview> WorkstationLibrary::PreviewBulk(forms::OpenForm& form) {
  return forms::PreviewBulk(station_, form);
}

Status WorkstationLibrary::DropForm(uint64_t number) { return station_.forms().Drop(number); }

Status WorkstationLibrary::Decide(uint64_t conflict, Side side, const std::string& reason) {
  return DecideConflict(station_, conflict, side, reason);
}

Status WorkstationLibrary::Hold(uint64_t edit, bool hold) {
  OutboxHolds& holds = station_.user().holds();
  return hold ? holds.Hold(edit) : holds.Release(edit);
}

StatusOr<Library::OutboxBundle> WorkstationLibrary::ExportOutbox() {
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair own, WorkstationKey(station_.folder(), station_.random()));
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station_.SyncState());
  bundle::MakeOptions options;
  options.now_ms = station_.clock().NowMs();
  const std::optional<PublicKey> server = PublicKey::FromBytes(status.server_key());
  // Who makes it wants to be able to look into it.
  if (server) options.bundle.recipients = {*server, own.public_key()};
  const std::string file = station_.folder() + "/user/outbox.daftar";
  const Status made = CreateOutboxBundle(station_, file, options, station_.random()).status();
  StatusOr<std::string> bytes = made.ok() ? ReadFile(file, kMostBundleBytes) : StatusOr<std::string>(made);
  std::error_code ignored;  // it is written over the next time
  std::filesystem::remove(file, ignored);
  DAFTAR_RETURN_IF_ERROR(bytes.status());
  return OutboxBundle{*std::move(bytes), server.has_value()};
}

StatusOr<forms::ActionDone> WorkstationLibrary::Act(const forms::RecordAction& action) {
  return forms::Act(station_, action);
}

StatusOr<forms::ActionDone> WorkstationLibrary::TakeBack(const forms::ActionDone& done) {
  return forms::TakeBackAction(station_, done);
}

Status WorkstationLibrary::CloseForms() { return station_.forms().CloseAll(); }

StatusOr<std::vector<forms::Candidate>> WorkstationLibrary::CandidatesIn(const std::string& passage,
                                                                         const std::atomic<bool>& stop) {
  DAFTAR_ASSIGN_OR_RETURN(const auto view, station_.Read());
  return forms::CandidatesIn(*view, passage, &stop);
}

StatusOr<std::vector<PageLink>> WorkstationLibrary::SuggestFor(const forms::Field& field) {
  constexpr size_t kSuggestions = 8;
  DAFTAR_ASSIGN_OR_RETURN(const auto view, station_.Read());
  return forms::Suggestions(*view, field, kSuggestions);
}

}  // namespace daftar::app
