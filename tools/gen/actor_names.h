// What actors are called beside their own made-up names: "Brigade", "committee", as each language says it.
#pragma once

#include <cstdint>
#include <string>

#include "daftar/v1/codes.pb.h"
#include "tools/gen/word_lists.h"

namespace daftar::gen {

// The class of an actor that is neither a state nor a medium; `percent` is 0 to 99.
v1::ActorClass::Code ClassOfOtherActor(uint64_t percent);
// "Brigade Nurzad"; `number` picks one of the wordings of the class. A person's name is the name itself.
std::string FullActorName(v1::ActorClass::Code of, uint64_t number, const std::string& name, Language language);
// The English initials of the full name, such as "BN"; empty for fewer than two words.
std::string AcronymOf(const std::string& full_english_name);

}  // namespace daftar::gen
