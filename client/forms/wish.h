// A form that somebody wants to begin.
#pragma once

#include <cstdint>
#include <string>

namespace daftar::forms {

struct Wish {
  enum class What {
    kNew,       // a new record; `id`: the word of its kind
    kEdit,      // the record `id`
    kAccount,   // the record `id`, with a new account at its end
    kLike,      // a new record that says what `id` says
    kTemplate,  // a new record from the template with that number
    kBulk,      // the same change of all records that `query` finds; `id`: the word of their kind
  };
  What what = What::kNew;
  std::string id;
  uint64_t number = 0;
  std::string query;
};

}  // namespace daftar::forms
