#include "storage/model/kind.h"
