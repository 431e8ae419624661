#include "client/model/form_page.h"

#include <absl/strings/numbers.h>

#include "client/language/say.h"
#include "client/sync/form_drafts.h"
#include "client/sync/workstation.h"

namespace daftar {

StatusOr<FormPage> BuildFormPage(Workstation& station, std::string_view text) {
  uint64_t number = 0;
  if (!absl::SimpleAtoi(std::string(text), &number)) return NotFound(Say("form.none", {{"number", text}}));
  const StatusOr<v1::FormDraft> draft = station.forms().Get(number);
  if (draft.status().code() == StatusCode::kNotFound) return NotFound(Say("form.none", {{"number", text}}));
  DAFTAR_RETURN_IF_ERROR(draft.status());
  return FormPage{number, draft->title()};
}

std::string FormAddress(uint64_t number) { return "daftar:form/" + std::to_string(number); }

}  // namespace daftar
