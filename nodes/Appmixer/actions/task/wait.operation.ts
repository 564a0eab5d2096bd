import { waitOperation } from '../../../shared/gate/waitOperation';
import { waitDesk } from '../../waitDesk';

export const wait = waitOperation(waitDesk);
