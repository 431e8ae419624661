// One JSON value that is no object and no list, into a field: numbers, codes, text, references, degrees.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "storage/authoring/authoring.h"
#include "storage/authoring/slot.h"

namespace daftar {

// "text", "a number", "a list" …: the type of a JSON value in words.
std::string TypeWords(const nlohmann::json& json);

// Writes the value. On a problem, nothing is written and the problem is returned. REQUIRES: no message field.
std::optional<std::string> ReadScalar(const nlohmann::json& json, const IdResolver& resolve, Slot slot);

}  // namespace daftar
