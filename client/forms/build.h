// The record that a form says. Pure functions; any thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/forms/form.h"
#include "storage/authoring/authoring.h"
#include "storage/model/validate.h"

namespace daftar::forms {

struct Built {
  std::unique_ptr<google::protobuf::Message> record;  // items have their keys
  std::vector<FieldProblem> problems;                 // what could not be read: `record` is without it
  std::map<std::string, Node, std::less<>> places;    // which field a path of `record` is in the form

  // The field that a problem with this path is shown at; 0: none in particular.
  Node PlaceOf(std::string_view path) const;
};

// The base with what is typed. Text loses white space around it and becomes NFC. `resolve` follows references.
Built Build(const Form& form, const google::protobuf::Message& base, const IdResolver& resolve);

}  // namespace daftar::forms
