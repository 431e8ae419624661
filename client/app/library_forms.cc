// The library over a workstation's folder: forms. See workstation_library.h.
#include "client/app/workstation_library.h"
#include "client/sync/form_drafts.h"
#include "daftar/v1/private.pb.h"

namespace daftar::app {

StatusOr<forms::OpenForm> WorkstationLibrary::BeginForm(const forms::Wish& wish) {
  return forms::Begin(station_, wish);
}

StatusOr<forms::OpenForm> WorkstationLibrary::TakeUpForm(uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::FormDraft draft, station_.forms().Get(number));
  DAFTAR_ASSIGN_OR_RETURN(const auto view, station_.Read());
  return forms::TakeUpDraft(*view, draft);
}

Status WorkstationLibrary::KeepForm(const forms::OpenForm& form) {
  return station_.forms().Keep(forms::DraftOf(form, station_.clock().NowMs(), true)).status();
}

StatusOr<bool> WorkstationLibrary::CheckForm(forms::OpenForm& form) { return forms::Check(station_, form); }

StatusOr<uint64_t> WorkstationLibrary::SendForm(forms::OpenForm& form) { return forms::Send(station_, form); }

Status WorkstationLibrary::DropForm(uint64_t number) { return station_.forms().Drop(number); }

Status WorkstationLibrary::Decide(uint64_t conflict, Side side, const std::string& reason) {
  return DecideConflict(station_, conflict, side, reason);
}

StatusOr<forms::ActionDone> WorkstationLibrary::Act(const forms::RecordAction& action) {
  return forms::Act(station_, action);
}

StatusOr<forms::ActionDone> WorkstationLibrary::TakeBack(const forms::ActionDone& done) {
  return forms::TakeBackAction(station_, done);
}

Status WorkstationLibrary::CloseForms() { return station_.forms().CloseAll(); }

StatusOr<std::vector<PageLink>> WorkstationLibrary::SuggestFor(const forms::Field& field) {
  constexpr size_t kSuggestions = 8;
  DAFTAR_ASSIGN_OR_RETURN(const auto view, station_.Read());
  return forms::Suggestions(*view, field, kSuggestions);
}

}  // namespace daftar::app
