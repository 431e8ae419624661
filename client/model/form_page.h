// The page of a form that is being filled in: which one it is. The form itself is client/forms', and the window keeps
// it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

class Workstation;

struct FormPage {
  uint64_t number = 0;  // among those that are kept
  std::string title;
};

// NotFound if there is none with that number: it was sent, or thrown away.
StatusOr<FormPage> BuildFormPage(Workstation& station, std::string_view number);
// "daftar:form/12".
std::string FormAddress(uint64_t number);

}  // namespace daftar
