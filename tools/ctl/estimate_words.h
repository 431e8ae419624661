// What a sync would take, in words and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "daftar/v1/frames.pb.h"

namespace daftar::ctl {

// Adds records, bytes, gone and rough.
void FillEstimateJson(const v1::Estimate& estimate, nlohmann::ordered_json& json);
// "1,240 changes, about 38 kB; 12 records would be taken away".
std::string EstimateWords(const v1::Estimate& estimate);

}  // namespace daftar::ctl
