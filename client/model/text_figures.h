// What a page draws, as text, for this folder alone.
#pragma once

#include <string>

#include "client/model/page_figures.h"
#include "client/model/text_page.h"

namespace daftar {

std::string FiguresAsText(const PageFigures& figures, const TextOptions& options);

}  // namespace daftar
