// libsodium made ready: it chooses the fastest code for this processor, without which it hashes at two thirds and
// encrypts at a fifth of the speed. Whoever sees sodium.h calls this first. Any thread, any number of times; cheap.
#pragma once

namespace daftar {

void PrepareSodium();

}  // namespace daftar
